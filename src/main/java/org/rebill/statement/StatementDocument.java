package org.rebill.statement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * Every fact that is printed on a statement. Kept whole when it is issued, so that the paper can be made again from
 * it alone.
 *
 * @param number null in a draft
 * @param from first day of the period, in the firm's zone
 * @param to last day of the period
 * @param issuedOn null in a draft
 * @param dueOn null in a draft
 * @param locale BCP 47
 * @param zone IANA name; days and times are printed in it
 * @param paper {@code A4} or {@code LETTER}
 * @param currency ISO 4217
 * @param matterWord what the firm's trade calls a matter, such as "project"
 * @param note beside the amount due: how to pay, in lines; empty for none
 * @param evidence SHA-256, hexadecimal, over the source records of all lines in the order printed
 * @param credits what a credit note takes back; null on a statement
 * @param sums how the lines became the total; null where the total is the sum of the lines
 * @param grouping what {@code matters} are: {@code DAY} (reference is the date), {@code PERSON} (in the name) or
 *     {@code CODE} (reference is the code); null for matters
 * @param summaryOnly true where the lines themselves are not printed; else null
 * @param earlier statements that were open when this one was issued; null where that is not printed
 * @param annex phone records of the lines, printed behind them; null for none
 */
public record StatementDocument(
        Firm firm,
        Client client,
        String number,
        LocalDate from,
        LocalDate to,
        LocalDate issuedOn,
        LocalDate dueOn,
        String locale,
        String zone,
        String paper,
        String currency,
        String matterWord,
        List<Agreement> agreements,
        List<Matter> matters,
        BigDecimal total,
        String note,
        String evidence,
        Credited credits,
        Sums sums,
        String grouping,
        Boolean summaryOnly,
        List<Earlier> earlier,
        List<PhoneRecord> annex) {
    public StatementDocument {
        agreements = List.copyOf(agreements);
        matters = List.copyOf(matters);
        earlier = earlier == null ? null : List.copyOf(earlier);
        annex = annex == null ? null : List.copyOf(annex);
    }

    /** The same with its number and dates. */
    public StatementDocument numbered(String given, LocalDate issued, LocalDate due) {
        return new StatementDocument(
                firm,
                client,
                given,
                from,
                to,
                issued,
                due,
                locale,
                zone,
                paper,
                currency,
                matterWord,
                agreements,
                matters,
                total,
                note,
                evidence,
                credits,
                sums,
                grouping,
                summaryOnly,
                earlier,
                annex);
    }

    /** The credit note of this statement, without its number and dates; how to pay is left out. */
    StatementDocument credited(Credited what, List<Matter> lines, Sums less, BigDecimal sum, String proof) {
        return new StatementDocument(
                firm,
                client,
                null,
                from,
                to,
                null,
                null,
                locale,
                zone,
                paper,
                currency,
                matterWord,
                agreements,
                lines,
                sum,
                "",
                proof,
                what,
                less,
                grouping,
                null,
                null,
                null);
    }

    /** Takes another statement back, in whole or in part; its lines and totals are below zero. */
    public boolean creditNote() {
        return credits != null;
    }

    /** What the lines come to before discount and tax. */
    public BigDecimal fees() {
        return sums == null ? total : sums.fees();
    }

    /** What is taken off the lines; 0 for nothing. */
    public BigDecimal discount() {
        return sums == null || sums.discount() == null
                ? BigDecimal.ZERO
                : sums.discount().amount();
    }

    /** All tax, added to the lines or contained in them. */
    public BigDecimal tax() {
        return sums == null
                ? BigDecimal.ZERO
                : sums.taxes().stream().map(Tax::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The lines are left out, and only their sums are printed. */
    public boolean hidesLines() {
        return summaryOnly != null && summaryOnly;
    }

    /** All lines in the order printed. */
    public List<Line> lines() {
        return matters.stream().flatMap(matter -> matter.lines().stream()).toList();
    }

    /** How many calls; two people's talks in one call are two lines. */
    public int calls() {
        return (int) lines().stream().map(Line::callId).distinct().count();
    }

    /** Whole seconds over all lines. */
    public long talkSeconds() {
        return matters.stream().mapToLong(Matter::talkSeconds).sum();
    }

    /** Billed time over all matters, as printed. */
    public BigDecimal hours() {
        return matters.stream().map(Matter::hours).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A call of an earlier period that had not been billed: marked so (DOMAIN.md D13). */
    public boolean late(Line line) {
        return line.at().isBefore(from.atStartOfDay(ZoneId.of(zone)).toInstant());
    }

    /**
     * What a credit note takes back.
     *
     * @param number of the statement
     * @param issuedOn the statement's day
     * @param reason for the client
     * @param whole nothing of the statement is left
     */
    public record Credited(String number, LocalDate issuedOn, String reason, boolean whole) {}

    /** A statement of before that was not paid when this one was issued. */
    public record Earlier(String number, LocalDate dueOn, BigDecimal open) {}

    /**
     * A phone record behind the lines; what tells of others is covered.
     *
     * @param seconds talked
     * @param sha256 hexadecimal, over the record's bytes as they came
     */
    public record PhoneRecord(Instant at, String from, String to, int seconds, String code, String sha256) {}

    /**
     * From the lines to the total, in the order rate, round, discount, tax (DOMAIN.md D16).
     *
     * @param fees the sum of the lines
     * @param discount null for none
     * @param taxes by rate; empty for no tax
     * @param taxIncluded the lines hold the tax already
     * @param taxPerLine tax was rounded on each line
     */
    public record Sums(BigDecimal fees, Discount discount, List<Tax> taxes, boolean taxIncluded, boolean taxPerLine) {
        public Sums {
            taxes = List.copyOf(taxes);
        }
    }

    /**
     * What is taken off the sum of the lines.
     *
     * @param percent null when it was agreed as an amount
     */
    public record Discount(BigDecimal percent, BigDecimal amount) {}

    /**
     * Tax of one rate.
     *
     * @param category {@code STANDARD}, {@code ZERO}, {@code EXEMPT} or {@code REVERSE_CHARGE}
     * @param base what it is taken of, without the tax
     * @param reason why there is none; null unless exempt or reverse charge
     */
    public record Tax(
            String name, String category, BigDecimal percent, BigDecimal base, BigDecimal amount, String reason) {}

    /**
     * Who sends it.
     *
     * @param address lines separated by line feeds
     * @param taxId as it is printed, or null
     * @param brandColour {@code #rrggbb}
     * @param logo SVG or PNG in Base64, or null
     */
    public record Firm(
            String name,
            String tagline,
            String address,
            String phone,
            String email,
            String taxId,
            String brandColour,
            String logo) {}

    /** Who gets it. */
    public record Client(String name, String contact, String address) {}

    /** What the lines were priced by. */
    public record Agreement(
            String number, int version, String acceptedBy, LocalDate acceptedOn, String how, String terms) {}

    /**
     * The lines of one matter, or of the client's calls that are for no matter.
     *
     * @param reference empty for the client as a whole
     * @param codes the account codes of the lines
     * @param hours sum of the lines' billed time in hours as printed; of lines in minutes or blocks, to two decimals
     * @param amount sum of the lines
     */
    public record Matter(
            String reference,
            String name,
            List<String> codes,
            List<Line> lines,
            int talkSeconds,
            BigDecimal hours,
            BigDecimal amount) {
        public Matter {
            codes = List.copyOf(codes);
            lines = List.copyOf(lines);
        }

        /** How many calls; two people's talks in one call are two lines. */
        public int calls() {
            return (int) lines.stream().map(Line::callId).distinct().count();
        }
    }

    /**
     * One person's talk in a call.
     *
     * @param outgoing the firm called
     * @param number the other side, in national form inside the country; empty when withheld
     * @param quantity hours, minutes or blocks; quantity x unit rate = amount
     * @param unit {@code HOUR}, {@code MINUTE} or {@code BLOCK}
     */
    public record Line(
            UUID callId,
            int chargeNo,
            Instant at,
            boolean outgoing,
            String number,
            String person,
            int talkSeconds,
            int billedSeconds,
            BigDecimal quantity,
            String unit,
            BigDecimal unitRate,
            BigDecimal amount) {}
}
