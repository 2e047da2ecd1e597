package org.rebill.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.statement.StatementDocument.Agreement;
import org.rebill.statement.StatementDocument.Line;
import org.rebill.statement.StatementDocument.Matter;

/** Puts a statement into words and figures: what {@code reports/statement.jrxml} prints where. */
final class PaperText {
    /** Agreements that fit beside the parties; more of them get the page's width. */
    private static final int AGREEMENTS_BESIDE = 2;

    private static final int DARK_ENOUGH = 150;

    private final StatementDocument document;
    private final Wording wording;
    private final List<Line> lines;
    /** The one unit of all lines, or null where they differ. */
    private final String unit;

    private final int decimals;

    PaperText(StatementDocument document) {
        this.document = document;
        wording = new Wording(document);
        lines = document.lines();
        Set<String> units = lines.stream().map(Line::unit).collect(Collectors.toSet());
        unit = units.size() == 1 ? units.iterator().next() : null;
        int needed = lines.stream()
                .mapToInt(line -> Wording.scale(line.quantity()))
                .max()
                .orElse(0);
        decimals = "HOUR".equals(unit) ? Math.max(needed, 1) : needed;
        checkSums();
    }

    /** A bill whose lines do not add up must not leave the house. */
    private void checkSums() {
        for (Matter matter : document.matters()) {
            requireSum(matter.amount(), matter.lines(), Line::amount, "of " + matter.reference() + " " + matter.name());
            int talk = matter.lines().stream().mapToInt(Line::talkSeconds).sum();
            if (talk != matter.talkSeconds()) {
                throw new IllegalArgumentException("The talk time of " + matter.reference() + " " + matter.name()
                        + " is given as " + matter.talkSeconds() + " s, its lines make " + talk + " s");
            }
        }
        requireSum(document.fees(), document.matters(), Matter::amount, "of the statement");
        if (document.sums() != null && Totals.total(document.sums()).compareTo(document.total()) != 0) {
            throw new IllegalArgumentException("The total is given as " + document.total() + ", discount and tax make "
                    + Totals.total(document.sums()));
        }
    }

    private static <T> void requireSum(BigDecimal total, List<T> parts, Function<T, BigDecimal> part, String what) {
        BigDecimal sum = parts.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(total) != 0) {
            throw new IllegalArgumentException(
                    "The total " + what + " is given as " + total + ", its parts make " + sum);
        }
    }

    Wording wording() {
        return wording;
    }

    boolean draft() {
        return document.number() == null;
    }

    /** "Statement HO-2026-0398", for the footer and the file's title. */
    String name() {
        if (draft()) {
            return wording.say("footer.draft");
        }
        return wording.say(document.creditNote() ? "footer.credit" : "footer.number", document.number());
    }

    /** What stands once on a page or on the whole paper. */
    Map<String, Object> once() {
        Map<String, Object> once = new HashMap<>();
        once.put("draft", draft());
        once.put("hasLines", !lines.isEmpty());
        once.put("detail", !lines.isEmpty() && !document.hidesLines());
        once.put("hasAnnex", document.annex() != null && !document.annex().isEmpty());
        once.put("annex", annex());
        once.put("severalMatters", document.matters().size() > 1);
        once.put("manyAgreements", document.agreements().size() > AGREEMENTS_BESIDE);
        putParties(once);
        putTotals(once);
        once.put("zone", wording.zone());
        once.put("closing", closing());
        once.put("footer", sender() + "\n" + wording.say("evidence", document.evidence()));
        once.put("footerNumber", name());
        once.put("brand", document.firm().brandColour());
        once.put("ink", ink(document.firm().brandColour()));
        return once;
    }

    private void putParties(Map<String, Object> once) {
        StatementDocument.Firm firm = document.firm();
        once.put("heading", wording.say(document.creditNote() ? "credit" : "statement"));
        once.put("firmName", Letters.printable(firm.name()));
        once.put("tagline", Letters.printable(firm.tagline()));
        once.put("number", draft() ? wording.say("draft.number") : document.number());
        once.put("clientName", Letters.printable(document.client().name()));
        once.put(
                "clientAddress",
                filled(document.client().contact(), document.client().address()).collect(Collectors.joining("\n")));
        String period = wording.period(document.from(), document.to());
        once.put("period", period);
        once.put(
                "continued",
                wording.say("continued", Letters.printable(document.client().name()), period));
        once.put("issuedHead", wording.say(document.creditNote() ? "issued.credit" : "issued.due"));
        once.put("issued", issued());
        once.put(
                "agreementHead",
                switch (document.agreements().size()) {
                    case 0 -> "";
                    case 1 -> wording.say("agreement");
                    default -> wording.say("agreements");
                });
        once.put(
                "agreements",
                document.agreements().stream().map(this::agreement).collect(Collectors.joining("\n")));
    }

    private String issued() {
        if (draft()) {
            return wording.say("issued.not");
        }
        String day = wording.longDate(document.issuedOn());
        return document.creditNote() ? day : wording.say("issued", day, wording.longDate(document.dueOn()));
    }

    private String sender() {
        StatementDocument.Firm firm = document.firm();
        return filled(firm.name(), firm.address(), firm.phone(), firm.email(), firm.taxId())
                .map(text -> text.strip().replaceAll("\\s*\\n\\s*", ", "))
                .collect(Collectors.joining("\u00a0· "));
    }

    private static Stream<String> filled(String... texts) {
        return Stream.of(texts)
                .filter(Objects::nonNull)
                .filter(text -> !text.isBlank())
                .map(Letters::printable);
    }

    private String agreement(Agreement agreement) {
        String accepted = wording.say(
                "agreement.accepted",
                agreement.number(),
                String.valueOf(agreement.version()),
                agreement.acceptedBy(),
                wording.longDate(agreement.acceptedOn()),
                wording.sayOr("how." + agreement.how(), agreement.how()));
        return filled(accepted, agreement.terms()).collect(Collectors.joining(" "));
    }

    private void putTotals(Map<String, Object> once) {
        String word = document.grouping() == null
                ? wording.sayOr("matter." + document.matterWord(), capital(document.matterWord()))
                : wording.say("group." + document.grouping());
        once.put("summaryHead", word);
        once.put("billedHead", wording.say(unit == null ? "billed" : "billed." + unit));
        once.put("amountHead", wording.say("amount.currency", wording.currencyCode()));
        once.put("rateHead", wording.say("rate"));
        once.put("totalCalls", wording.count(document.calls()));
        once.put("totalTalk", Wording.talk(document.talkSeconds()));
        once.put("totalBilled", billed(lines, document.hours()));
        once.put("totalAmount", wording.amount(document.fees()));
        once.put("allMatters", wording.say("total.all", wording.count(document.calls())));
        once.put("note", Letters.printable(document.note()));
        once.put("dueLabel", wording.say(dueLabel()));
        once.put("sums", sums());
        once.put("hasSums", document.sums() != null);
        once.put("due", wording.money(document.total()));
        once.put("summary", document.matters().stream().map(this::summary).toList());
    }

    private String dueLabel() {
        if (document.creditNote()) {
            return "due.credit";
        }
        return draft() ? "due.draft" : "due";
    }

    /** From the lines to the total: each discount and tax with what it was taken of. */
    private List<Map<String, ?>> sums() {
        StatementDocument.Sums sums = document.sums();
        if (sums == null) {
            return List.of();
        }
        List<Map<String, ?>> rows = new ArrayList<>();
        if (document.matters().size() <= 1) {
            rows.add(sum(wording.say("fees"), sums.fees()));
        }
        if (sums.discount() != null) {
            StatementDocument.Discount discount = sums.discount();
            String label = discount.percent() == null
                    ? wording.say("discount")
                    : wording.say("discount.percent", wording.decimal(discount.percent(), 0));
            rows.add(sum(label, discount.amount().negate()));
        }
        for (StatementDocument.Tax tax : sums.taxes()) {
            rows.add(sum(tax(tax, sums.taxIncluded()), tax.amount()));
        }
        return rows;
    }

    private String tax(StatementDocument.Tax tax, boolean included) {
        String name = Letters.printable(tax.name());
        String base = wording.amount(tax.base());
        if (tax.reason() != null) {
            return wording.say("tax.none", name, base, Letters.printable(tax.reason()));
        }
        return wording.say(included ? "tax.included" : "tax", name, wording.decimal(tax.percent(), 0), base);
    }

    private Map<String, ?> sum(String label, BigDecimal amount) {
        return Map.of("label", label, "amount", wording.amount(amount));
    }

    private static String capital(String word) {
        int first = word.offsetByCodePoints(0, 1);
        return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
    }

    private Map<String, ?> summary(Matter matter) {
        return Map.of(
                "matter", name(matter),
                "calls", wording.count(calls(matter.lines())),
                "talk", Wording.talk(matter.talkSeconds()),
                "billed", billed(matter.lines(), matter.hours()),
                "amount", wording.amount(matter.amount()));
    }

    private String name(Matter matter) {
        if ("DAY".equals(document.grouping())) {
            return wording.longDate(LocalDate.parse(matter.reference()));
        }
        String name = filled(matter.reference(), matter.name()).collect(Collectors.joining(" "));
        return name.isEmpty() ? wording.say("matter.none") : name;
    }

    /** Two people may have talked in one call. */
    private static int calls(List<Line> lines) {
        return (int) lines.stream().map(Line::callId).distinct().count();
    }

    /** The sum of what is printed above it; over different units, hours with two decimals. */
    private String billed(List<Line> summed, BigDecimal hours) {
        if (unit == null && !lines.isEmpty()) {
            return wording.say("quantity.HOUR", wording.decimal(hours, 2));
        }
        BigDecimal sum = summed.stream().map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return wording.decimal(sum, decimals);
    }

    private String billed(Line line) {
        if (unit != null) {
            return wording.decimal(line.quantity(), decimals);
        }
        int least = line.unit().equals("HOUR") ? 1 : 0;
        return wording.say("quantity." + line.unit(), wording.decimal(line.quantity(), least), line.quantity());
    }

    private String closing() {
        List<String> sentences = new ArrayList<>();
        if (document.creditNote()) {
            sentences.add(takesBack());
        }
        if (!document.creditNote() && !draft() && document.total().signum() > 0) {
            sentences.add(wording.say("closing.pay", wording.longDate(document.dueOn())));
        }
        if (!lines.isEmpty()) {
            if (!document.hidesLines()) {
                sentences.add(wording.say("closing.multiply"));
            }
            sentences.add(wording.say("closing.evidence"));
        }
        if (!document.hidesLines() && lines.stream().anyMatch(document::late)) {
            sentences.add(wording.say("closing.late"));
        }
        if (document.earlier() != null && !document.earlier().isEmpty()) {
            sentences.add("\n" + earlier());
        }
        return String.join(" ", sentences).replace("\n ", "\n");
    }

    /** What is still open of earlier statements, and what that makes with this one. */
    private String earlier() {
        BigDecimal open = document.earlier().stream()
                .map(StatementDocument.Earlier::open)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        String each = document.earlier().stream()
                .map(one -> wording.say(
                        "earlier.one", one.number(), wording.longDate(one.dueOn()), wording.money(one.open())))
                .collect(Collectors.joining("; "));
        return wording.say("earlier", each, wording.money(open.add(document.total())));
    }

    /** The phone records behind the lines. */
    private List<Map<String, ?>> annex() {
        if (document.annex() == null) {
            return List.of();
        }
        List<Map<String, ?>> rows = new ArrayList<>();
        for (StatementDocument.PhoneRecord record : document.annex()) {
            rows.add(Map.of(
                    "at", wording.shortDate(wording.day(record.at()), true) + " " + wording.time(record.at()),
                    "from", Letters.printable(record.from()),
                    "to", Letters.printable(record.to()),
                    "talk", Wording.talk(record.seconds()),
                    "code", Letters.printable(record.code()),
                    "hash", record.sha256().substring(0, 16)));
        }
        return rows;
    }

    private String takesBack() {
        StatementDocument.Credited credits = document.credits();
        String what = wording.say(
                credits.whole() ? "credit.whole" : "credit.part",
                credits.number(),
                wording.longDate(credits.issuedOn()));
        return what + "\n" + wording.say("credit.reason", Letters.printable(credits.reason())) + "\n";
    }

    /** The lines by matter, in the order of the document. */
    List<Map<String, ?>> lines() {
        boolean years = lines.stream()
                        .map(line -> wording.day(line.at()).getYear())
                        .distinct()
                        .count()
                > 1;
        List<Map<String, ?>> rows = new ArrayList<>();
        if (document.hidesLines()) {
            return rows;
        }
        for (int i = 0; i < document.matters().size(); i++) {
            Matter matter = document.matters().get(i);
            Map<String, Object> whole = whole(i, matter);
            for (int j = 0; j < matter.lines().size(); j++) {
                Map<String, Object> row = new HashMap<>(whole);
                row.put("lastOfMatter", j == matter.lines().size() - 1);
                putLine(row, matter.lines().get(j), years);
                rows.add(row);
            }
        }
        return rows;
    }

    private Map<String, Object> whole(int index, Matter matter) {
        String codes = String.join(", ", matter.codes());
        String head =
                switch ("CODE".equals(document.grouping()) ? 0 : matter.codes().size()) {
                    case 0 -> name(matter);
                    case 1 -> wording.say("matter.code", name(matter), codes);
                    default -> wording.say("matter.codes", name(matter), codes);
                };
        int calls = calls(matter.lines());
        Map<String, Object> whole = new HashMap<>();
        whole.put("matter", String.valueOf(index));
        whole.put("lastMatter", index == document.matters().size() - 1);
        whole.put("matterHead", head);
        whole.put("matterContinued", wording.say("matter.continued", head));
        whole.put("matterTotal", wording.say("total", wording.count(calls), calls));
        whole.put("matterTalk", Wording.talk(matter.talkSeconds()));
        whole.put("matterBilled", billed(matter.lines(), matter.hours()));
        whole.put("matterAmount", wording.amount(matter.amount()));
        return whole;
    }

    private void putLine(Map<String, Object> row, Line line, boolean years) {
        LocalDate day = wording.day(line.at());
        String number = line.number() == null || line.number().isBlank()
                ? wording.say("call.withheld")
                : Letters.printable(line.number());
        String date = wording.shortDate(day, years);
        row.put("date", document.late(line) ? wording.say("date.late", date) : date);
        row.put("time", wording.time(line.at()));
        row.put("call", wording.say(line.outgoing() ? "call.to" : "call.from", number));
        row.put("person", Letters.printable(line.person()));
        row.put("talk", Wording.talk(line.talkSeconds()));
        row.put("billed", billed(line));
        row.put("rate", wording.rate(line.unitRate()));
        row.put("amount", wording.amount(line.amount()));
    }

    /** The brand's colour as far as it can be read on white: a pale one is darkened. */
    static String ink(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        int red = rgb >> 16;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        int light = (299 * red + 587 * green + 114 * blue) / 1000;
        if (light > DARK_ENOUGH) {
            red = red * DARK_ENOUGH / 2 / light;
            green = green * DARK_ENOUGH / 2 / light;
            blue = blue * DARK_ENOUGH / 2 / light;
        }
        return String.format("#%02X%02X%02X", red, green, blue);
    }
}
