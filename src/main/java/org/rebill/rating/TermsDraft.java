package org.rebill.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Terms as somebody entered them, with nothing checked; also their JSON document. What is left out (null) takes the
 * plainest value.
 *
 * @param currency ISO 4217; needed
 * @param hourlyRate needed
 * @param initialThen left out: false
 * @param incrementSeconds left out: 1, exact
 * @param initialSeconds left out: with {@code initialThen} the minimum, else 0
 * @param minimumSeconds left out: 0
 * @param rounding UP, NEAREST or DOWN; left out: UP
 * @param graceSeconds left out: 0
 * @param maximumSeconds left out: none
 * @param quantity HOURS_2, HOURS_4, MINUTES or BLOCKS; left out: HOURS_2
 * @param money HALF_UP or HALF_EVEN; left out: HALF_UP
 * @param scope PER_CALL, PER_CLIENT_DAY, PER_CLIENT_STATEMENT or BALANCED; left out: PER_CALL
 */
public record TermsDraft(
        String currency,
        BigDecimal hourlyRate,
        Boolean initialThen,
        Integer incrementSeconds,
        Integer initialSeconds,
        Integer minimumSeconds,
        String rounding,
        Integer graceSeconds,
        Integer maximumSeconds,
        String quantity,
        String money,
        String scope) {
    /** Rounded for each call by itself. */
    public TermsDraft(
            String currency,
            BigDecimal hourlyRate,
            Boolean initialThen,
            Integer incrementSeconds,
            Integer initialSeconds,
            Integer minimumSeconds,
            String rounding,
            Integer graceSeconds,
            Integer maximumSeconds,
            String quantity,
            String money) {
        this(
                currency,
                hourlyRate,
                initialThen,
                incrementSeconds,
                initialSeconds,
                minimumSeconds,
                rounding,
                graceSeconds,
                maximumSeconds,
                quantity,
                money,
                null);
    }

    /**
     * The terms.
     *
     * @throws InvalidTerms with everything that is wrong
     */
    public Terms terms() {
        Map<String, Problem> unreadable = new HashMap<>();
        Currency readCurrency = readCurrency(unreadable);
        Rounding readRounding = read("rounding", rounding, Rounding.UP, Rounding.class, unreadable);
        Quantity readQuantity = read("quantity", quantity, Quantity.HOURS_2, Quantity.class, unreadable);
        RoundingMode readMoney = read("money", money, RoundingMode.HALF_UP, RoundingMode.class, unreadable);
        RoundingScope readScope = read("scope", scope, RoundingScope.PER_CALL, RoundingScope.class, unreadable);
        boolean firstBlock = initialThen != null && initialThen;
        int minimum = orElse(minimumSeconds, 0);
        try {
            return new Terms(
                    readCurrency,
                    hourlyRate,
                    firstBlock,
                    orElse(incrementSeconds, 1),
                    orElse(initialSeconds, firstBlock ? minimum : 0),
                    minimum,
                    readRounding,
                    orElse(graceSeconds, 0),
                    maximumSeconds,
                    readQuantity,
                    readMoney,
                    readScope,
                    null);
        } catch (InvalidTerms e) {
            // Terms only know that these are missing.
            throw new InvalidTerms(e.problems().stream()
                    .map(problem -> unreadable.getOrDefault(problem.field(), problem))
                    .toList());
        }
    }

    private static int orElse(Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private Currency readCurrency(Map<String, Problem> unreadable) {
        if (currency == null || currency.isBlank()) {
            return null;
        }
        try {
            return Currency.getInstance(currency.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            unreadable.put(
                    "currency",
                    new Problem(
                            "currency",
                            "currency.unknown",
                            "There is no currency '" + currency + "'. Use a code of three letters such as USD."));
            return null;
        }
    }

    private static <E extends Enum<E>> E read(
            String field, String given, E otherwise, Class<E> type, Map<String, Problem> unreadable) {
        if (given == null || given.isBlank()) {
            return otherwise;
        }
        String name = given.strip().toUpperCase(Locale.ROOT);
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        String known = type == RoundingMode.class
                ? "HALF_UP, HALF_EVEN"
                : String.join(
                        ", ",
                        java.util.Arrays.stream(type.getEnumConstants())
                                .map(Enum::name)
                                .toList());
        unreadable.put(
                field,
                new Problem(field, field + ".unknown", "There is no '" + given + "' here; known: " + known + "."));
        return null;
    }
}
