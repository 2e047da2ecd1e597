package org.rebill.verifier;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.rebill.rating.InvalidTerms;
import org.rebill.rating.Rated;
import org.rebill.rating.Rated.Rule;
import org.rebill.rating.Rated.Step;
import org.rebill.rating.Rating;
import org.rebill.rating.TermsDraft;

/** Follows one line of a statement from its amount back to the bytes. */
final class LineCheck {
    private final Findings findings;
    private final Map<String, Node> agreements;
    private final Map<String, Node> printed;

    /**
     * @param agreements by the key of their version
     * @param printed the statement's own lines, by call and number of the talk
     */
    LineCheck(Findings findings, Map<String, Node> agreements, Map<String, Node> printed) {
        this.findings = findings;
        this.agreements = agreements;
        this.printed = printed;
    }

    /** Where a line is found on the statement. */
    static String key(Node line) {
        return line.at("callId").text() + "/" + line.at("chargeNo").text();
    }

    void check(Node line) {
        String where = "Line " + line.at("position").text();
        Node charge = line.at("charge");
        printed(where, line, charge);
        amount(where, charge);
        // A credit note has freed the charge; the line as printed and its records stay.
        if (!charge.at("state").text().equals("CREDITED")) {
            explained(where, charge);
            agreed(where, charge);
            code(where, line, charge);
        }
        call(where, line, charge);
        line.at("records").items().forEach(record -> record(where, record));
    }

    private void printed(String where, Node line, Node charge) {
        Node onPaper = printed.get(key(line));
        if (!findings.check(onPaper != null, where + " is not on the statement.")) {
            return;
        }
        for (String figure : List.of("talkSeconds", "billedSeconds", "quantity", "unitRate", "amount")) {
            same(where, figure, charge.at(figure), onPaper.at(figure));
        }
        findings.check(
                charge.at("answeredAt").text().equals(onPaper.at("at").text()),
                where + ": the time " + charge.at("answeredAt").text() + " is not the statement's, "
                        + onPaper.at("at").text() + ".");
        findings.check(
                charge.at("unit").text().equals(onPaper.at("unit").text()),
                where + ": the unit is not the statement's.");
        findings.check(
                charge.at("outgoing").text().equals(onPaper.at("outgoing").text()),
                where + ": who called whom is not as the statement says.");
    }

    private void same(String where, String figure, Node here, Node onPaper) {
        findings.check(
                here.equalsNumber(onPaper),
                where + ": the " + words(figure) + " " + here.text() + " is not the statement's, " + onPaper.text()
                        + ".");
    }

    private static String words(String field) {
        return field.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private void amount(String where, Node charge) {
        BigDecimal quantity = charge.at("quantity").number();
        BigDecimal rate = charge.at("unitRate").number();
        BigDecimal amount = charge.at("amount").number();
        if (!findings.check(
                quantity != null && rate != null && amount != null, where + ": quantity, rate or amount is missing.")) {
            return;
        }
        BigDecimal exact = quantity.multiply(rate);
        findings.check(
                List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN).stream()
                        .anyMatch(mode -> exact.setScale(amount.scale(), mode).compareTo(amount) == 0),
                where + ": " + quantity.toPlainString() + " x " + rate.toPlainString() + " is not "
                        + amount.toPlainString() + ".");
    }

    private void explained(String where, Node charge) {
        List<Step> steps = steps(charge);
        if (!findings.check(!steps.isEmpty(), where + ": the explanation of the price is missing.")) {
            return;
        }
        Optional<Step> wrong = Rating.firstBreak(steps);
        findings.check(
                wrong.isEmpty(),
                where + ": the explanation does not follow at "
                        + wrong.map(step -> step.rule().name()).orElse("") + ".");
        Step first = steps.get(0);
        Step last = steps.get(steps.size() - 1);
        findings.check(
                first.result()
                                .compareTo(BigDecimal.valueOf(
                                        charge.at("talkSeconds").whole()))
                        == 0,
                where + ": the explanation begins with " + first.result().toPlainString() + " seconds, but "
                        + charge.at("talkSeconds").text() + " were talked.");
        findings.check(
                last.rule() == Rule.AMOUNT && new Node(last.result()).equalsNumber(charge.at("amount")),
                where + ": the explanation ends with " + last.result().toPlainString() + ", not with the amount "
                        + charge.at("amount").text() + ".");
    }

    private List<Step> steps(Node charge) {
        List<Step> steps = new ArrayList<>();
        try {
            for (Node step : charge.at("explanation").items()) {
                steps.add(new Step(
                        Rule.valueOf(step.at("rule").text()),
                        step.at("value").number(),
                        step.at("rounding").isMissing()
                                ? null
                                : RoundingMode.valueOf(step.at("rounding").text()),
                        step.at("result").number(),
                        step.at("name").isMissing() ? null : step.at("name").text()));
            }
        } catch (IllegalArgumentException e) {
            throw new BrokenFile("An explanation has a step that is unknown here: " + e.getMessage());
        }
        return steps.stream().anyMatch(step -> step.result() == null) ? List.of() : steps;
    }

    private void agreed(String where, Node charge) {
        Node agreement = agreements.get(charge.at("agreementVersionId").text());
        if (!findings.check(agreement != null, where + ": the agreement it was priced by is missing.")) {
            return;
        }
        String name = agreement.at("number").text() + ", version "
                + agreement.at("version").text();
        Instant start = charge.at("startedAt").instant();
        Instant accepted = agreement.at("acceptedAt").instant();
        Instant from = agreement.at("inForceFrom").instant();
        Instant to = agreement.at("inForceTo").instant();
        findings.check(
                accepted != null && start != null && !start.isBefore(accepted),
                where + ": the call started at " + start + ", before " + name + " was accepted at " + accepted + ".");
        findings.check(
                start != null && from != null && !start.isBefore(from) && (to == null || start.isBefore(to)),
                where + ": " + name + " was not in force when the call started at " + start + ".");
        rated(where, charge, agreement, name);
    }

    private void rated(String where, Node charge, Node agreement, String name) {
        String scope = agreement.at("terms").at("scope").text();
        BigDecimal rate = rate(where, charge, agreement, name);
        if (charge.at("ruleVersion").whole() != Rating.RULE_VERSION || !(scope.isEmpty() || scope.equals("PER_CALL"))) {
            // The steps were followed above. Other versions' rules are not known here, and calls that are rounded
            // together can't be priced one by one.
            return;
        }
        try {
            Rated rated = Rating.rate(charge.at("talkSeconds").whole(), terms(agreement.at("terms"), rate));
            findings.check(
                    rated.billedSeconds() == charge.at("billedSeconds").whole()
                            && new Node(rated.quantity()).equalsNumber(charge.at("quantity"))
                            && new Node(rated.unitRate()).equalsNumber(charge.at("unitRate"))
                            && new Node(rated.amount()).equalsNumber(charge.at("amount")),
                    where + ": by " + name + ", " + charge.at("talkSeconds").text() + " seconds cost "
                            + rated.amount().toPlainString() + " (" + rated.billedSeconds() + " s billed at "
                            + rated.unitRate().toPlainString() + "), not "
                            + charge.at("amount").text() + ".");
        } catch (InvalidTerms e) {
            findings.check(false, where + ": the terms of " + name + " can't be: " + e.getMessage());
        }
    }

    /** What a rule names, the person's own, or the general one. */
    private BigDecimal rate(String where, Node charge, Node agreement, String name) {
        List<Node> own = agreement.at("rates").items();
        Optional<Node> named = charge.at("explanation").items().stream()
                .filter(step -> step.at("rule").text().equals("RATE")
                        && !step.at("name").isMissing())
                .findFirst();
        if (named.isPresent()) {
            Node used = named.get().at("value");
            findings.check(
                    Stream.concat(own.stream(), agreement.at("rules").at("rules").items().stream())
                            .anyMatch(rate -> rate.at("hourlyRate").equalsNumber(used)),
                    where + ": " + name + " has no rate of " + used.text() + " for \""
                            + named.get().at("name").text() + "\".");
            return used.number();
        }
        return own.stream()
                .filter(rate -> !rate.at("personId").isMissing()
                        && rate.at("personId")
                                .text()
                                .equals(charge.at("personId").text()))
                .map(rate -> rate.at("hourlyRate").number())
                .findFirst()
                .orElse(agreement.at("terms").at("hourlyRate").number());
    }

    private static org.rebill.rating.Terms terms(Node terms, BigDecimal rate) {
        return new TermsDraft(
                        terms.at("currency").text(),
                        rate,
                        terms.at("initialThen").text().equals("true"),
                        terms.at("incrementSeconds").whole(),
                        terms.at("initialSeconds").whole(),
                        terms.at("minimumSeconds").whole(),
                        terms.at("rounding").text(),
                        terms.at("graceSeconds").whole(),
                        terms.at("maximumSeconds").isMissing()
                                ? null
                                : terms.at("maximumSeconds").whole(),
                        terms.at("quantity").text(),
                        terms.at("money").text())
                .terms();
    }

    private void code(String where, Node line, Node charge) {
        List<Node> given = line.at("codes").items();
        if (given.isEmpty()) {
            return;
        }
        Node last = given.get(given.size() - 1);
        boolean masked = last.at("masked").text().equals("true");
        String stands = last.at("code").text().isEmpty()
                ? line.at("call").at("pbxCode").text()
                : last.at("code").text();
        findings.check(
                !masked && stands.equals(charge.at("code").text()),
                where + ": it was billed under code " + charge.at("code").text() + ", but the code that stands last is "
                        + stands + ".");
        Instant before = null;
        for (Node one : given) {
            Instant at = one.at("at").instant();
            findings.check(
                    at != null && (before == null || !at.isBefore(before)),
                    where + ": the codes are not in the order of their times.");
            before = at;
        }
    }

    private void call(String where, Node line, Node charge) {
        findings.check(
                !line.at("records").items().isEmpty(), where + ": no record of the phone system stands behind it.");
        Node call = line.at("call");
        if (!line.at("late").items().isEmpty()) {
            // Records came after the issue: the call knows more now than what was billed.
            return;
        }
        findings.check(
                call.at("startedAt").text().equals(charge.at("startedAt").text()),
                where + ": the call's start " + call.at("startedAt").text() + " is not the charge's, "
                        + charge.at("startedAt").text() + ".");
        Instant start = call.at("startedAt").instant();
        Instant end = call.at("endedAt").instant();
        findings.check(
                start != null && end != null && !end.isBefore(start), where + ": the call ends before it starts.");
        findings.check(
                call.at("talks").items().stream()
                        .anyMatch(talk -> talk.at("seconds").whole()
                                        == charge.at("talkSeconds").whole()
                                && Objects.equals(
                                        talk.at("answeredAt").instant(),
                                        charge.at("answeredAt").instant())),
                where + ": no talk in the call began at "
                        + charge.at("answeredAt").text() + " and took "
                        + charge.at("talkSeconds").text() + " seconds.");
    }

    private void record(String where, Node record) {
        if (isErased(record)) {
            // Only its hash is kept: the statement's own hash is over it.
            findings.check(
                    record.at("sha256")
                            .text()
                            .startsWith(record.at("contentHash").text()),
                    where + ": the hash of an erased record is not the one of the record that was read in.");
            return;
        }
        byte[] bytes = bytes(record);
        String place = "line " + record.at("lineNo").text() + " of "
                + record.at("file").text();
        findings.check(
                bytes.length == record.at("length").whole(),
                where + ": the record in " + place + " has " + bytes.length + " bytes, not "
                        + record.at("length").text() + ".");
        String hash = Bundle.hash(withoutLineEnd(bytes));
        findings.check(
                hash.equals(record.at("sha256").text()),
                where + ": the raw record in " + place + " was changed: its bytes do not have the hash that was kept.");
        findings.check(
                hash.startsWith(record.at("contentHash").text()),
                where + ": the raw record in " + place + " is not the one that was read in.");
    }

    /** By the firm's rule, after years. */
    private static boolean isErased(Node record) {
        return record.at("bytes").text().isEmpty() && record.at("length").whole() > 0;
    }

    private static String hash(Node record) {
        return isErased(record) ? record.at("sha256").text() : Bundle.hash(withoutLineEnd(bytes(record)));
    }

    /** The record as it came. */
    static byte[] bytes(Node record) {
        try {
            return Base64.getDecoder().decode(record.at("bytes").text());
        } catch (IllegalArgumentException e) {
            throw new BrokenFile("The bytes of a raw record are no Base64.");
        }
    }

    static byte[] withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        return java.util.Arrays.copyOf(bytes, length);
    }

    /** Adds the hashes of a line's records, in their order. */
    static void addTo(MessageDigest all, Node line) {
        line.at("records").items().forEach(record -> all.update(HexFormat.of().parseHex(hash(record))));
    }
}
