package org.rebill.verifier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Recomputes the entries of the firm's audit log that are in the evidence, and holds them against what they tell of. */
final class AuditCheck {
    private final Findings findings;
    private final List<Node> entries;

    AuditCheck(Findings findings, List<Node> entries) {
        this.findings = findings;
        this.entries = entries;
    }

    /** Each entry's own hash, its place, and the links between neighbours. */
    void chain() {
        Node before = null;
        for (Node entry : entries) {
            chain(entry, before);
            before = entry;
        }
    }

    private void chain(Node entry, Node before) {
        String name = name(entry);
        findings.check(
                hash(entry).equals(entry.at("hash").text()),
                name + " was changed: its text does not have the hash that was kept.");
        Node document = document(entry);
        findings.check(
                document.at("seq").text().equals(entry.at("seq").text())
                        && document.at("by").text().equals(entry.at("actor").text())
                        && document.at("action")
                                .text()
                                .equals(entry.at("action").text())
                        && document.at("subject")
                                .text()
                                .equals(entry.at("subject").text())
                        && Objects.equals(
                                document.at("at").instant(), entry.at("at").instant()),
                name + " was changed: what is said beside it is not what it says.");
        if (before == null) {
            return;
        }
        long step = entry.at("seq").whole() - (long) before.at("seq").whole();
        findings.check(step > 0, name + " is not in its place.");
        Instant earlier = before.at("at").instant();
        Instant later = entry.at("at").instant();
        findings.check(
                earlier != null && later != null && !later.isBefore(earlier), name + " is older than the one before.");
        if (step == 1) {
            findings.check(
                    entry.at("previousHash").text().equals(before.at("hash").text()),
                    name + " does not follow the one before: the chain is broken between them.");
        }
    }

    private static String name(Node entry) {
        return "Audit entry " + entry.at("seq").text() + " ("
                + entry.at("action").text() + ")";
    }

    private static String hash(Node entry) {
        try {
            MessageDigest sha256 = Bundle.sha256();
            sha256.update(HexFormat.of().parseHex(entry.at("previousHash").text()));
            return HexFormat.of()
                    .formatHex(sha256.digest(entry.at("entry").text().getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new BrokenFile(name(entry) + ": the hash of the entry before is no hash.");
        }
    }

    private static Node document(Node entry) {
        return Node.parse(name(entry), entry.at("entry").text());
    }

    /** What was noted when the statement was issued. */
    void issued(Node statement) {
        Optional<Node> entry =
                last("statement.issued", "statement/" + statement.at("id").text());
        if (!findings.check(entry.isPresent(), "The audit entry of the statement's issue is missing.")) {
            return;
        }
        Node noted = document(entry.get()).at("after");
        String name = name(entry.get());
        findings.check(
                noted.at("number").text().equals(statement.at("number").text()),
                name + " names another number than " + statement.at("number").text() + ".");
        findings.check(
                noted.at("total").equalsNumber(statement.at("total")),
                name + " names another total than " + statement.at("total").text() + ".");
        findings.check(
                noted.at("document")
                        .text()
                        .equals(statement.at("documentSha256").text()),
                name + " names another document than the one here.");
        findings.check(
                noted.at("pdf").text().equals(statement.at("pdfSha256").text()),
                name + " names another PDF than the one here.");
    }

    /** What was noted when an agreement was accepted. */
    void accepted(Node agreement) {
        String subject = "agreement/" + agreement.at("agreementId").text();
        String title = agreement.at("number").text() + ", version "
                + agreement.at("version").text();
        Optional<Node> entry = entries.stream()
                .filter(one -> one.at("action").text().equals("agreement.accepted")
                        && one.at("subject").text().equals(subject)
                        && document(one)
                                .at("after")
                                .at("version")
                                .text()
                                .equals(agreement.at("version").text()))
                .reduce((first, second) -> second);
        if (!findings.check(entry.isPresent(), title + ": the audit entry of its acceptance is missing.")) {
            return;
        }
        Node noted = document(entry.get()).at("after");
        findings.check(
                noted.at("textSha256").text().equals(agreement.at("textSha256").text()),
                title + ": another text was accepted than the one here.");
        findings.check(
                Objects.equals(
                        noted.at("acceptedAt").instant(),
                        agreement.at("acceptedAt").instant()),
                title + ": it was accepted at " + noted.at("acceptedAt").text() + ", not at "
                        + agreement.at("acceptedAt").text() + ".");
        findings.check(
                noted.at("acceptedBy").text().equals(agreement.at("acceptedBy").text()),
                title + ": it was accepted by " + noted.at("acceptedBy").text() + ", not by "
                        + agreement.at("acceptedBy").text() + ".");
    }

    private Optional<Node> last(String action, String subject) {
        return entries.stream()
                .filter(one -> one.at("action").text().equals(action)
                        && one.at("subject").text().equals(subject))
                .reduce((first, second) -> second);
    }
}
