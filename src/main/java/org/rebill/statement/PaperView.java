package org.rebill.statement;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.firm.Logo;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.statement.StatementDocument.Line;
import org.rebill.statement.StatementDocument.Matter;

/** A statement's document as it is shown on a page, in the look of the paper. */
public final class PaperView {
    private static final int MOST_DECIMALS = 6;

    private final StatementDocument document;
    private final Formats formats;
    private final Texts texts;

    PaperView(StatementDocument document, Formats formats, Texts texts) {
        this.document = document;
        this.formats = formats;
        this.texts = texts;
    }

    public StatementDocument document() {
        return document;
    }

    /** The firm's logo as an address of its own; empty for none. */
    public String logo() {
        return Logo.of(document.firm().logo()).map(Logo::address).orElse("");
    }

    /** Lines of an address. */
    public List<String> lines(String address) {
        return address.lines().toList();
    }

    /** The firm's address and telephone in one line. */
    public String oneLine() {
        StatementDocument.Firm firm = document.firm();
        return Stream.concat(
                        Stream.of(firm.name()),
                        Stream.concat(
                                firm.address().lines(),
                                Stream.of(firm.phone(), firm.taxId()).filter(Objects::nonNull)))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" · "));
    }

    /** A figure between the lines and the total. */
    public record Sum(String label, BigDecimal amount) {}

    /** Discount and tax, in the order in which they are computed. */
    public List<Sum> sums() {
        StatementDocument.Sums sums = document.sums();
        if (sums == null) {
            return List.of();
        }
        Stream<Sum> discount = Stream.ofNullable(sums.discount())
                .map(each -> new Sum(
                        each.percent() == null
                                ? texts.get("statement.paper.discount")
                                : texts.of("statement.paper.discount.percent", number(each.percent(), 0)),
                        each.amount().negate()));
        return Stream.concat(
                        discount,
                        sums.taxes().stream().map(tax -> new Sum(label(tax, sums.taxIncluded()), tax.amount())))
                .toList();
    }

    private String label(StatementDocument.Tax tax, boolean included) {
        if (tax.reason() != null) {
            return texts.of("statement.paper.tax.none", tax.name(), amount(tax.base()), tax.reason());
        }
        return texts.of(
                included ? "statement.paper.tax.included" : "statement.paper.tax",
                tax.name(),
                number(tax.percent(), 0),
                amount(tax.base()));
    }

    private String number(BigDecimal number, int least) {
        return decimal(number.stripTrailingZeros(), least);
    }

    /** What a credit note takes back, and why. */
    public String takesBack() {
        StatementDocument.Credited credits = document.credits();
        return texts.of(
                "statement.paper.takes-back",
                credits.whole() ? 1 : 0,
                credits.number(),
                formats.date(credits.issuedOn()),
                credits.reason());
    }

    public String period() {
        return formats.period(document.from(), document.to());
    }

    /** The agreements that the lines were priced by, each with who accepted it and how time counts. */
    public List<String> agreements() {
        return document.agreements().stream()
                .map(agreement -> texts.of(
                        "statement.paper.agreed",
                        agreement.number(),
                        agreement.version(),
                        agreement.acceptedBy(),
                        formats.date(agreement.acceptedOn()),
                        agreement.terms()))
                .toList();
    }

    /** The trade's word for a matter, to stand at the head of a column. */
    public String matterHead() {
        if (document.grouping() != null) {
            return texts.get("statement.paper.group." + document.grouping());
        }
        String word = document.matterWord();
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Reference and name, or the words for the client as a whole. */
    public String name(Matter matter) {
        if ("DAY".equals(document.grouping())) {
            return formats.date(LocalDate.parse(matter.reference()));
        }
        String name = (matter.reference() + " " + matter.name()).strip();
        return name.isEmpty() ? texts.get("statement.paper.whole") : name;
    }

    /** A matter's name with its codes. */
    public String title(Matter matter) {
        return matter.codes().isEmpty() || "CODE".equals(document.grouping())
                ? name(matter)
                : name(matter) + " ("
                        + texts.of("statement.paper.codes", matter.codes().size(), String.join(", ", matter.codes()))
                        + ")";
    }

    /** A call of an earlier period that was not billed then. */
    public boolean late(Line line) {
        return document.late(line);
    }

    /** Whether any line is late, so that the mark is explained. */
    public boolean isAnyLate() {
        return document.lines().stream().anyMatch(document::late);
    }

    /** Whether all lines are in hours, so that their column's head can say so. */
    public boolean isInHours() {
        return document.lines().stream().allMatch(line -> line.unit().equals("HOUR"));
    }

    /** A quantity as printed: under a head that says hours, the number alone. */
    public String quantity(Line line) {
        return isInHours() ? number(line.quantity()) : formats.quantity(line.quantity(), line.unit());
    }

    /** Hours, with at least one decimal. */
    public String number(BigDecimal hours) {
        return decimal(hours.stripTrailingZeros(), 1);
    }

    /** Money without its sign, which the column's head names; rates with more decimals keep them. */
    public String amount(BigDecimal amount) {
        int digits = Currency.getInstance(document.currency()).getDefaultFractionDigits();
        return decimal(amount, Math.max(digits, 0));
    }

    private String decimal(BigDecimal number, int least) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(Locale.forLanguageTag(document.locale()));
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(Math.max(least, MOST_DECIMALS));
        return format.format(number);
    }
}
