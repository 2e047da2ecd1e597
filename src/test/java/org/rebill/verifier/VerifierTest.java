package org.rebill.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.evidence.SampleEvidence;

/** Nothing altered: it holds. Anything altered: found, and named. */
class VerifierTest {
    private final SampleEvidence sample = new SampleEvidence();
    private final byte[] zip = sample.archive();

    private static Verifier.Verdict verify(byte[] archive) throws IOException {
        return Verifier.verify(new ByteArrayInputStream(archive), Map.of());
    }

    private static Map<String, byte[]> files(byte[] archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }

    /** What is found first when a file of the archive was altered. */
    private String altered(String name, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> files = files(zip);
        String before = new String(files.get(name), StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).as("the alteration of " + name).isNotEqualTo(before);
        files.put(name, after.getBytes(StandardCharsets.UTF_8));
        Verifier.Verdict verdict = verify(zip(files));
        assertThat(verdict.holds()).as(name).isFalse();
        return verdict.broken().get(0);
    }

    @Test
    void unalteredHolds() throws IOException {
        Verifier.Verdict verdict = verify(zip);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.checked()).isGreaterThan(80);
    }

    @ParameterizedTest(name = "{0}: {1} > {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lines/00002.json | "amount":62.00 | "amount":62.01 | Line 2: the amount 62.01 is not the statement's, 62.00
            lines/00001.json | "talkSeconds":311,"code" | "talkSeconds":312,"code" | Line 1: the talk seconds 312 is not the statement's, 311
            lines/00001.json | "answeredAt":"2026-10-12T18:00:07Z","outgoing" | "answeredAt":"2026-10-13T18:00:07Z","outgoing" | Line 1: the time 2026-10-13T18:00:07Z is not the statement's
            lines/00003.json | "call":{"startedAt":"2026-10-12T20 | "call":{"startedAt":"2026-10-11T20 | Line 3: the call's start
            lines/00002.json | "unitRate":310.00 | "unitRate":311.00 | Line 2: the unit rate 311.00 is not the statement's, 310.00
            lines/00002.json | {"rule":"QUANTITY","value":3600 | {"rule":"QUANTITY","value":1800 | Line 2: the explanation does not follow at QUANTITY
            lines/00001.json | "code":"1042","author" | "code":"1043","author" | Line 1: it was billed under code 1042, but the code that stands last is 1043
            lines/00001.json | "author":"Karin | "author":"Karen | lines/00001.json was changed after the evidence was taken
            statement.json | "amount":62.00 | "amount":61.00 | Line 2: the amount 62.00 is not the statement's, 61.00
            statement.json | "number":"HO-2026-001" | "number":"HO-2026-002" | The statement's document (statement.json) is not the one that was issued
            statement.pdf | a statement | A statement | The PDF (statement.pdf) is not the one that was issued
            evidence.json | "acceptedAt":"2026-08-15T20:06:40Z" | "acceptedAt":"2026-10-15T20:06:40Z" | Line 1: the call started at 2026-10-12T18:00:00Z, before A-001, version 1 was accepted
            evidence.json | "acceptedAt":"2026-08-15T20:06:40Z" | "acceptedAt":"2026-08-14T20:06:40Z" | A-001, version 1: it was accepted at 2026-08-15T20:06:40Z, not at 2026-08-14T20:06:40Z
            evidence.json | "hourlyRate":250.00 | "hourlyRate":200.00 | Line 1: by A-001, version 1, 311 seconds cost 20.00
            evidence.json | costs 250.00 USD | costs 260.00 USD | A-001, version 1: the text is not the one that was accepted
            evidence.json | "issuedBy":"Margaret Hale" | "issuedBy":"Somebody" | evidence.json was changed after the evidence was taken
            audit.json | "actor":"Elena Ortiz","action":"call.coded" | "actor":"Karin","action":"call.coded" | Audit entry 2 (call.coded) was changed: what is said beside it
            audit.json | \\"code\\":\\"1042\\" | \\"code\\":\\"1041\\" | Audit entry 2 (call.coded) was changed: its text does not have the hash
            taken.json | evidence.taken","subject | evidence.token","subject | Audit entry 4 (evidence.token) was changed
            manifest.json | "statement.pdf":" | "statement.pdf":"0 | statement.pdf was changed after
            agreements/A-001-v1.txt | 250.00 | 150.00 | agreements/A-001-v1.txt was changed after
            """)
    void oneAlterationIsFoundAndNamed(String name, String from, String to, String said) throws IOException {
        assertThat(altered(name, text -> replaceFirst(text, from.replace("\\\\", "\\"), to.replace("\\\\", "\\"))))
                .startsWith(said);
    }

    private static String replaceFirst(String text, String from, String to) {
        int at = text.indexOf(from);
        return at < 0 ? text : text.substring(0, at) + to + text.substring(at + from.length());
    }

    @Test
    void oneByteOfARawRecordIsFoundAndNamed() throws IOException {
        String first = altered("lines/00003.json", text -> {
            int from = text.indexOf("\"bytes\":\"") + 9;
            int to = text.indexOf('"', from);
            byte[] raw = Base64.getDecoder().decode(text.substring(from, to));
            raw[5] ^= 1;
            return text.substring(0, from) + Base64.getEncoder().encodeToString(raw) + text.substring(to);
        });
        assertThat(first)
                .isEqualTo("Line 3: the raw record in line 4 of Master.csv was changed: its bytes do not have "
                        + "the hash that was kept.");
    }

    @Test
    void arecordForgedWithItsHashIsFoundByTheHashOnTheStatement() throws IOException {
        String first = altered("lines/00003.json", text -> {
            int from = text.indexOf("\"bytes\":\"") + 9;
            int to = text.indexOf('"', from);
            byte[] raw = Base64.getDecoder().decode(text.substring(from, to));
            String before = Bundle.hash(LineCheck.withoutLineEnd(raw));
            raw[5] ^= 1;
            String after = Bundle.hash(LineCheck.withoutLineEnd(raw));
            return (text.substring(0, from) + Base64.getEncoder().encodeToString(raw) + text.substring(to))
                    .replace(before, after)
                    .replace("\"" + before.substring(0, 32) + "\"", "\"" + after.substring(0, 32) + "\"");
        });
        assertThat(first).startsWith("The raw records are not those that the statement was issued upon");
    }

    @Test
    void aLineThatWasTakenOutIsMissed() throws IOException {
        Map<String, byte[]> files = files(zip);
        files.remove("lines/00002.json");
        assertThat(verify(zip(files)).broken().get(0))
                .isEqualTo("The statement has lines that the evidence does not lead back.");
    }

    @Test
    void anEntryThatWasTakenOutOfTheLogIsMissed() throws IOException {
        assertThat(altered("audit.json", text -> {
                    int from = text.indexOf("{\"seq\":3");
                    return text.substring(0, from - 1) + "]}";
                }))
                .isEqualTo("The audit entry of the statement's issue is missing.");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Map<String, byte[]> files = files(zip);
        files.remove("statement.pdf");
        assertThat(verify(zip(files)).broken()).containsExactly("statement.pdf is missing in the archive.");
        files = files(zip);
        files.put("extra.txt", new byte[0]);
        assertThat(verify(zip(files)).broken()).containsExactly("extra.txt was not in the evidence when it was taken.");
        assertThat(verify("no zip".getBytes(StandardCharsets.UTF_8)).broken())
                .containsExactly("This is no zip archive, or an empty one.");
    }

    @Test
    void recordsAreFoundInThePhoneSystemsOwnFile() throws IOException {
        Map<String, byte[]> original = Map.of("Master.csv", sample.file());
        assertThat(Verifier.verify(new ByteArrayInputStream(zip), original).broken())
                .isEmpty();
        byte[] other = sample.file();
        other[20] ^= 1;
        assertThat(Verifier.verify(new ByteArrayInputStream(zip), Map.of("Master.csv", other))
                        .broken())
                .containsExactly("Master.csv is not one of the files that the records came in: its hash is another.");
    }

    @Test
    void theCommandSaysItAndEndsWithACode(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("evidence.zip"), zip);
        assertThat(run(file.toString())).startsWith("0 OK: all ");
        Map<String, byte[]> files = files(zip);
        files.put("statement.pdf", new byte[] {1});
        Files.write(file, zip(files));
        assertThat(run(file.toString())).startsWith("1 BROKEN: The PDF (statement.pdf) is not the one that was issued");
        assertThat(run(folder.resolve("none.zip").toString())).startsWith("2 Can't read");
        assertThat(run()).startsWith("2 Use:");
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = Verifier.run(List.of(arguments), new PrintStream(said, true, StandardCharsets.UTF_8));
        return code + " " + said.toString(StandardCharsets.UTF_8);
    }
}
