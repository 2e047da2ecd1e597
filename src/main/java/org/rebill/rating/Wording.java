package org.rebill.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.rebill.rating.Rated.Step;
import org.rebill.rating.Rated.Unit;

/**
 * Tells an explanation in words (DOMAIN.md C18), one sentence a step. English where the language is none of ours;
 * numbers and money in the reader's format. One for each thread: formats are not shared.
 */
public final class Wording {
    private final Locale locale;
    private final ResourceBundle texts;
    private final NumberFormat numbers;
    private final Map<Currency, NumberFormat> moneys = new HashMap<>();
    private final Map<String, MessageFormat> sentences = new HashMap<>();

    private Wording(Locale locale) {
        this.locale = locale;
        this.texts = ResourceBundle.getBundle(
                "org.rebill.rating.explanation",
                locale,
                Wording.class.getClassLoader(),
                // The server's own language is nobody's wish: what we don't have is told in English.
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.numbers = NumberFormat.getNumberInstance(locale);
    }

    /** For a reader of this language and country. */
    public static Wording of(Locale locale) {
        return new Wording(locale);
    }

    /** Each step as a sentence, in its order. */
    public List<String> tell(List<Step> explanation, Unit unit, Currency currency) {
        Telling telling = new Telling(unit, currency);
        List<String> told = new ArrayList<>(explanation.size());
        for (Step step : explanation) {
            told.add(telling.tell(step));
        }
        return told;
    }

    /** Each step of what a talk costs as a sentence, in its order. */
    public List<String> tell(Rated rated, Currency currency) {
        return tell(rated.explanation(), rated.unit(), currency);
    }

    /** Seconds as m:ss, from an hour on as h:mm:ss. */
    public static String duration(long seconds) {
        long minutes = seconds / 60 % 60;
        long hours = seconds / 3600;
        return (hours > 0 ? hours + ":" + two(minutes) : String.valueOf(minutes)) + ":" + two(seconds % 60);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    /** Money with all of its decimals, as the reader writes it. */
    public String money(BigDecimal amount, Currency currency) {
        return exactly(moneys.computeIfAbsent(currency, this::moneyFormat), amount);
    }

    private NumberFormat moneyFormat(Currency currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        return format;
    }

    /** Hours, minutes or blocks with all of their decimals. */
    public String quantity(BigDecimal quantity, Unit unit) {
        boolean one = unit == Unit.BLOCK && quantity.compareTo(BigDecimal.ONE) == 0;
        return text(one ? "unit.BLOCK.one" : "unit." + unit, exactly(numbers, quantity));
    }

    private static String exactly(NumberFormat format, BigDecimal number) {
        int decimals = Math.max(0, number.scale());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.UNNECESSARY);
        return format.format(number);
    }

    private String text(String key, String... values) {
        return sentences
                .computeIfAbsent(key, it -> new MessageFormat(texts.getString(it), locale))
                .format(values);
    }

    /** Walks through one explanation; a sentence may rest on the step before. */
    private final class Telling {
        private final Unit unit;
        private final Currency currency;
        private BigDecimal before = BigDecimal.ZERO;
        private BigDecimal unitSeconds = BigDecimal.ONE;
        private BigDecimal quantity = BigDecimal.ZERO;
        private BigDecimal rate = BigDecimal.ZERO;
        private boolean firstBlock;

        Telling(Unit unit, Currency currency) {
            this.unit = unit;
            this.currency = currency;
        }

        String tell(Step step) {
            BigDecimal value = step.value();
            BigDecimal result = step.result();
            boolean moved = result.compareTo(before) != 0;
            String sentence =
                    switch (step.rule()) {
                        case TALK -> text("talk", time(result));
                        case POOL -> text("pool", time(result));
                        case SHARE -> text("share", quantity(result, unit));
                        case NOT_ANSWERED -> text("notAnswered");
                        case GRACE -> text(moved ? "grace.free" : "grace.over", time(value));
                        case MINIMUM -> text(moved ? "minimum.raised" : "minimum.met", time(value));
                        case INITIAL ->
                            text(result.compareTo(value) == 0 ? "initial.raised" : "initial.met", time(value));
                        case INCREMENT -> increment(step, moved);
                        case MAXIMUM -> text(moved ? "maximum.cut" : "maximum.met", time(value));
                        case QUANTITY -> text("quantity", time(before), quantity(result, unit));
                        case RATE -> rate(step);
                        case AMOUNT -> text("amount", quantity(quantity, unit), money(rate), money(result));
                    };
            goOn(step);
            return sentence;
        }

        private String increment(Step step, boolean moved) {
            if (step.value().compareTo(BigDecimal.ONE) == 0) {
                return text("increment.exact", time(step.result()));
            }
            String where = firstBlock ? "increment.then." : "increment.";
            String how = moved ? step.rounding().name() : "whole";
            return text(where + how, time(step.value()), time(step.result()));
        }

        private String rate(Step step) {
            String sentence = unitRate(step);
            return step.name() == null ? sentence : text("rate.named", step.name()) + " " + sentence;
        }

        private String unitRate(Step step) {
            return unit == Unit.HOUR
                    ? text("rate.HOUR", money(step.result()))
                    : text("rate." + unit, money(step.value()), money(step.result()), time(unitSeconds));
        }

        private String time(BigDecimal seconds) {
            return duration(seconds.longValueExact());
        }

        private String money(BigDecimal amount) {
            return Wording.this.money(amount, currency);
        }

        private void goOn(Step step) {
            switch (step.rule()) {
                case QUANTITY -> {
                    unitSeconds = step.value();
                    quantity = step.result();
                }
                case SHARE -> quantity = step.result();
                case RATE -> rate = step.result();
                case INITIAL -> {
                    firstBlock = step.value().signum() > 0;
                    before = step.result();
                }
                default -> before = step.result();
            }
        }
    }
}
