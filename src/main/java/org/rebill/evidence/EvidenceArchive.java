package org.rebill.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rebill.platform.Json;
import org.rebill.platform.Sha256;

/** Packs the evidence of a statement for {@code rebill-verifier.jar}, sealed by an entry of the audit log. */
final class EvidenceArchive {
    private static final String READ_ME = "README.txt";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /**
     * @param document as it was printed, exactly as hashed
     * @param pdf as it was issued
     */
    EvidenceArchive(Evidence evidence, String document, byte[] pdf) {
        put(READ_ME, readMe());
        files.put("statement.pdf", pdf.clone());
        put("statement.json", document);
        Evidence.Issued statement = evidence.statement();
        put("evidence.json", Json.write(new Head(evidence.firm(), evidence.zone(), statement, evidence.agreements())));
        for (Evidence.Line line : evidence.lines()) {
            put(String.format(Locale.ROOT, "lines/%05d.json", line.position()), Json.write(line));
        }
        for (Evidence.Agreed agreed : evidence.agreements()) {
            put("agreements/" + agreed.number() + "-v" + agreed.version() + ".txt", agreed.text());
        }
        put("audit.json", Json.write(Map.of("entries", evidence.audit())));
    }

    private record Head(String firm, String zone, Evidence.Issued statement, List<Evidence.Agreed> agreements) {}

    private void put(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The archive.
     *
     * @param seal given the SHA-256 of the list of files, notes it and tells the entry of the audit log
     */
    byte[] write(Function<String, Evidence.Act> seal) {
        Map<String, String> hashes = new TreeMap<>();
        files.forEach((name, bytes) -> hashes.put(name, HexFormat.of().formatHex(Sha256.of(bytes))));
        String manifest = Json.write(Map.of("files", hashes));
        put("manifest.json", manifest);
        put("taken.json", Json.write(seal.apply(HexFormat.of().formatHex(Sha256.of(manifest)))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String readMe() {
        try (InputStream in = EvidenceArchive.class.getResourceAsStream(READ_ME)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
