package org.rebill.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the evidence of a statement: {@code java -jar rebill-verifier.jar evidence.zip [original files…]}. Recomputes
 * every amount and every hash and says in words which link is the first that does not hold. Given the phone system's
 * original files, it also finds the records in them. Ends with 0 when all holds, 1 when something is broken, 2 when it
 * could not be checked.
 */
public final class Verifier {
    private static final String USAGE =
            "Use: java -jar rebill-verifier.jar evidence.zip [original files of the phone " + "system]";

    private final Bundle bundle;
    private final Findings findings = new Findings();

    private Verifier(Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * What came of it.
     *
     * @param checked how many links were looked at
     * @param broken what is broken in words, the first link first; empty when all holds
     */
    public record Verdict(int checked, List<String> broken) {
        public Verdict {
            broken = List.copyOf(broken);
        }

        public boolean holds() {
            return broken.isEmpty();
        }
    }

    /** The command. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    static int run(List<String> arguments, PrintStream out) {
        if (arguments.isEmpty()) {
            out.println(USAGE);
            return 2;
        }
        try (InputStream zip = Files.newInputStream(Path.of(arguments.get(0)))) {
            Map<String, byte[]> originals = new HashMap<>();
            for (String name : arguments.subList(1, arguments.size())) {
                originals.put(name, Files.readAllBytes(Path.of(name)));
            }
            Verdict verdict = verify(zip, originals);
            if (verdict.holds()) {
                out.println("OK: all " + verdict.checked() + " links hold, from the amounts back to the bytes.");
                return 0;
            }
            out.println("BROKEN: " + verdict.broken().get(0));
            verdict.broken().stream().skip(1).forEach(more -> out.println("  also: " + more));
            return 1;
        } catch (IOException e) {
            out.println("Can't read " + e.getMessage() + ". " + USAGE);
            return 2;
        }
    }

    /**
     * Checks the evidence of a statement.
     *
     * @param zip as it was downloaded
     * @param originals files of the phone system, by name, in which the records must be found; may be empty
     * @throws IOException when it is no archive
     */
    public static Verdict verify(InputStream zip, Map<String, byte[]> originals) throws IOException {
        try {
            Verifier verifier = new Verifier(Bundle.read(zip));
            verifier.check(originals);
            return new Verdict(verifier.findings.checked(), verifier.findings.broken());
        } catch (BrokenFile e) {
            return new Verdict(1, List.of(e.getMessage()));
        }
    }

    private void check(Map<String, byte[]> originals) {
        Node evidence = bundle.json("evidence.json");
        Node statement = evidence.at("statement");
        Node document = bundle.json("statement.json");
        List<Node> agreements = evidence.at("agreements").items();
        List<Node> lines = bundle.lines();
        List<Node> audit = bundle.json("audit.json").at("entries").items();
        AuditCheck acts = new AuditCheck(findings, audit);

        lines(document, agreements, lines);
        evidenceHash(document, lines);
        sums(statement, document);
        agreements.forEach(this::agreement);
        paper(statement);
        acts.chain();
        acts.issued(statement);
        agreements.forEach(acts::accepted);
        originals.forEach((name, bytes) -> original(name, bytes, lines));
        manifest();
    }

    private void lines(Node document, List<Node> agreements, List<Node> lines) {
        Map<String, Node> printed = new HashMap<>();
        document.at("matters")
                .items()
                .forEach(matter -> matter.at("lines").items().forEach(line -> printed.put(LineCheck.key(line), line)));
        Map<String, Node> byVersion = new HashMap<>();
        agreements.forEach(agreement -> byVersion.put(agreement.at("versionId").text(), agreement));
        LineCheck check = new LineCheck(findings, byVersion, printed);
        Set<String> seen = new HashSet<>();
        for (Node line : lines) {
            check.check(line);
            seen.add(LineCheck.key(line));
        }
        findings.check(
                seen.containsAll(printed.keySet()), "The statement has lines that the evidence does not lead back.");
    }

    private void evidenceHash(Node document, List<Node> lines) {
        MessageDigest all = Bundle.sha256();
        lines.forEach(line -> LineCheck.addTo(all, line));
        findings.check(
                HexFormat.of()
                        .formatHex(all.digest())
                        .equals(document.at("evidence").text()),
                "The raw records are not those that the statement was issued upon: their hash is not the one printed "
                        + "on it.");
    }

    private void sums(Node statement, Node document) {
        BigDecimal matters = BigDecimal.ZERO;
        for (Node matter : document.at("matters").items()) {
            BigDecimal sum = matter.at("lines").items().stream()
                    .map(line -> line.at("amount").number())
                    .filter(amount -> amount != null)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            findings.check(
                    new Node(sum).equalsNumber(matter.at("amount")),
                    "The lines of \"" + matter.at("name").text() + "\" add up to " + sum.toPlainString() + ", not to "
                            + matter.at("amount").text() + ".");
            matters = matters.add(sum);
        }
        findings.check(
                statement.at("total").equalsNumber(document.at("total")),
                "The total " + statement.at("total").text() + " is not the one printed, "
                        + document.at("total").text() + ".");
        if (document.at("sums").isMissing()) {
            findings.check(
                    new Node(matters).equalsNumber(document.at("total")),
                    "The lines add up to " + matters.toPlainString() + ", not to the total "
                            + document.at("total").text() + ".");
        } else {
            new SumsCheck(findings, document.at("sums")).check(matters, document.at("total"));
        }
    }

    private void agreement(Node agreement) {
        findings.check(
                Bundle.hash(agreement.at("text").text().getBytes(StandardCharsets.UTF_8))
                        .equals(agreement.at("textSha256").text()),
                agreement.at("number").text() + ", version "
                        + agreement.at("version").text() + ": the text is not the one that was accepted.");
    }

    private void paper(Node statement) {
        findings.check(
                Bundle.hash(bundle.bytes("statement.json"))
                        .equals(statement.at("documentSha256").text()),
                "The statement's document (statement.json) is not the one that was issued: a figure, a date or a text "
                        + "in it was changed.");
        findings.check(
                Bundle.hash(bundle.bytes("statement.pdf"))
                        .equals(statement.at("pdfSha256").text()),
                "The PDF (statement.pdf) is not the one that was issued.");
    }

    private void original(String name, byte[] bytes, List<Node> lines) {
        String hash = Bundle.hash(bytes);
        int found = 0;
        for (Node line : lines) {
            for (Node record : line.at("records").items()) {
                if (record.at("fileSha256").text().equals(hash)) {
                    found++;
                    int from = record.at("offset").whole();
                    int to = from + record.at("length").whole();
                    findings.check(
                            to <= bytes.length
                                    && Arrays.equals(Arrays.copyOfRange(bytes, from, to), LineCheck.bytes(record)),
                            "Line " + line.at("position").text() + ": its record is not in " + name + " at byte " + from
                                    + ".");
                }
            }
        }
        findings.check(found > 0, name + " is not one of the files that the records came in: its hash is another.");
    }

    /** Last: whatever the checks before did not look at. */
    private void manifest() {
        Node manifest = bundle.json("manifest.json").at("files");
        for (String name : manifest.names()) {
            if (findings.check(bundle.has(name), name + " is missing in the archive.")) {
                findings.check(
                        Bundle.hash(bundle.bytes(name)).equals(manifest.at(name).text()),
                        name + " was changed after the evidence was taken.");
            }
        }
        for (String name : bundle.names()) {
            findings.check(
                    List.of("manifest.json", "taken.json").contains(name)
                            || !manifest.at(name).isMissing(),
                    name + " was not in the evidence when it was taken.");
        }
        Node taken = bundle.json("taken.json");
        AuditCheck act = new AuditCheck(findings, List.of(taken));
        act.chain();
        Node noted = Node.parse("taken.json", taken.at("entry").text()).at("after");
        findings.check(
                noted.at("manifest").text().equals(Bundle.hash(bundle.bytes("manifest.json"))),
                "The list of files (manifest.json) is not the one that was noted in the audit log when the evidence was "
                        + "taken.");
    }
}
