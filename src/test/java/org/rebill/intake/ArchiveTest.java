package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.platform.Refusal;

class ArchiveTest {
    private static final byte[] RECORDS = "a,b\nc,d\n".getBytes(StandardCharsets.US_ASCII);
    private static final Path SPOOLS = Path.of(System.getProperty("java.io.tmpdir"));
    /** A file to be packed. */
    record Packed(String path, Bytes content) {
        Packed(String path, byte[] bytes) {
            this(path, () -> bytes);
        }

        byte[] bytes() {
            return content.get();
        }
    }

    /** Some bytes. */
    @FunctionalInterface
    interface Bytes {
        byte[] get();
    }

    private final long before = spools();

    private static long spools() {
        try (var files = Files.list(SPOOLS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("rebill-intake-"))
                    .count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void nothingIsLeftOnDisk() {
        assertThat(spools()).isLessThanOrEqualTo(before);
    }

    static byte[] zip(List<Packed> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Packed file : files) {
                zip.putNextEntry(new ZipEntry(file.path()));
                zip.write(file.bytes());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Names and contents, in order. */
    private static List<String> open(String name, byte[] bytes) throws IOException {
        try (Spool packed = Spool.of(new ByteArrayInputStream(bytes));
                Archive archive = Archive.open(Archive.Kind.of(packed.head()).orElseThrow(), name, packed)) {
            List<String> found = new ArrayList<>();
            for (Archive.Member member : archive.members()) {
                try (InputStream in = member.spool().open()) {
                    found.add(member.name() + "=" + new String(in.readAllBytes(), StandardCharsets.US_ASCII));
                }
            }
            return found;
        }
    }

    private static String refused(byte[] bytes) {
        try {
            open("a.zip", bytes);
            return "";
        } catch (Refusal e) {
            return e.problems().get(0).code();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aGzipIsOneFileUnderItsNameWithoutTheEnding() throws IOException {
        assertThat(open("Master.csv.GZ", gzip(RECORDS))).containsExactly("Master.csv=a,b\nc,d\n");
        assertThat(open("Master", gzip(RECORDS))).containsExactly("Master=a,b\nc,d\n");
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(gzip(RECORDS));
        two.writeBytes(gzip(RECORDS));
        assertThat(open("a.gz", two.toByteArray())).containsExactly("a=a,b\nc,d\na,b\nc,d\n");
    }

    @Test
    void theFilesOfAZipComeInTheirOrderWithTheLastPartOfTheirNames() throws IOException {
        byte[] bytes = zip(List.of(
                new Packed("2026/", new byte[0]),
                new Packed("2026/b.csv", RECORDS),
                new Packed("../../etc/passwd", RECORDS),
                new Packed("C:\\cdr\\a\u0000\n.csv", RECORDS),
                new Packed("empty.csv", new byte[0]),
                new Packed("__MACOSX/._b.csv", new byte[] {0, 5, 22, 7}),
                new Packed("x/.DS_Store", new byte[] {0, 0, 0, 1}),
                new Packed("..", RECORDS)));
        assertThat(open("a.zip", bytes).stream().map(file -> file.substring(0, file.indexOf('='))))
                .containsExactly("b.csv", "passwd", "a.csv", "records");
    }

    @Test
    void whatIsNoArchiveIsNotTakenForOne() throws IOException {
        assertThat(Archive.Kind.of(RECORDS)).isEmpty();
        assertThat(Archive.Kind.of(new byte[0])).isEmpty();
        assertThat(Archive.Kind.of(zip(List.of(new Packed("[Content_Types].xml", RECORDS)))))
                .as("a spreadsheet")
                .isEmpty();
    }

    @Test
    void archivesInArchivesAreRefused() throws IOException {
        assertThat(refused(zip(List.of(new Packed("a.csv", RECORDS), new Packed("inner.gz", gzip(RECORDS))))))
                .isEqualTo("archive.nested");
        assertThat(refused(gzip(zip(List.of(new Packed("a.csv", RECORDS)))))).isEqualTo("archive.nested");
        assertThat(refused(gzip(gzip(RECORDS)))).isEqualTo("archive.nested");
    }

    @Test
    void bombsAreStopped() throws IOException {
        byte[] zeros = new byte[20 << 20];
        assertThat(refused(gzip(zeros))).isEqualTo("archive.size");
        assertThat(refused(zip(List.of(new Packed("a", zeros))))).isEqualTo("archive.size");
        byte[] half = new byte[9 << 20];
        assertThat(refused(zip(List.of(new Packed("a", half), new Packed("b", half)))))
                .as("all files together count")
                .isEqualTo("archive.size");
        List<Packed> many = new ArrayList<>();
        for (int i = 0; i <= Archive.MOST_FILES; i++) {
            many.add(new Packed("f" + i, RECORDS));
        }
        assertThat(refused(zip(many))).isEqualTo("archive.files");
        assertThat(open("a.zip", zip(many.subList(1, many.size())))).hasSize(Archive.MOST_FILES);
    }

    @Test
    void whatIsCutIsNotTakenForWhole() throws IOException {
        byte[] zip = zip(List.of(new Packed("a.csv", RECORDS), new Packed("b.csv", RECORDS)));
        for (int length = 4; length < zip.length; length++) {
            assertThat(refused(Arrays.copyOf(zip, length)))
                    .as("zip of %d bytes", length)
                    .isEqualTo("archive.broken");
        }
        byte[] gzip = gzip(RECORDS);
        for (int length = 4; length < gzip.length; length++) {
            assertThat(refused(Arrays.copyOf(gzip, length)))
                    .as("gzip of %d bytes", length)
                    .isEqualTo("gzip.broken");
        }
    }

    @Test
    void whatIsDamagedGivesNoOtherRecords() throws IOException {
        byte[] zip = zip(List.of(new Packed("a.csv", RECORDS), new Packed("b.csv", RECORDS)));
        List<String> whole = open("a.zip", zip);
        for (int at = 0; at < zip.length * 8; at++) {
            byte[] flipped = zip.clone();
            flipped[at / 8] ^= (byte) (1 << at % 8);
            if (Archive.Kind.of(flipped).isEmpty()) {
                continue;
            }
            try {
                List<String> read = open("a.zip", flipped);
                assertThat(read.stream().map(file -> file.substring(file.indexOf('='))))
                        .as("bit %d", at)
                        .containsExactlyElementsOf(whole.stream()
                                .map(file -> file.substring(file.indexOf('=')))
                                .toList());
            } catch (Refusal e) {
                assertThat(e.problems().get(0).code()).startsWith("archive.");
            }
        }
    }

    @Test
    void anEncryptedZipIsTold() throws IOException {
        byte[] zip = zip(List.of(new Packed("a.csv", RECORDS)));
        // The flag of encryption in the file's header and in the directory.
        zip[6] |= 1;
        for (int at = 0; at < zip.length - 4; at++) {
            if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
                zip[at + 8] |= 1;
            }
        }
        assertThat(refused(zip)).isEqualTo("archive.encrypted");
    }

    @Test
    void withoutAFileThereIsNothingToTake() throws IOException {
        assertThat(refused(zip(List.of()))).isEqualTo("archive.empty");
        assertThat(refused(zip(List.of(new Packed("a/", new byte[0]))))).isEqualTo("archive.empty");
        assertThat(refused(gzip(new byte[0]))).isEqualTo("archive.empty");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "Master.csv, Master.csv",
                "/var/log/Master.csv, Master.csv",
                "C:\\logs\\Master.csv, Master.csv",
                "dir/, dir",
                "'', records",
                "null, records",
                "' ', records",
                "../.., records",
                "///, records"
            })
    void namesAreCutToTheirLastPart(String given, String name) {
        assertThat(FileName.of(given)).isEqualTo(name);
    }

    @Test
    void namesAreOnOneLineAndNotTooLong() {
        assertThat(FileName.of("a\u0000\r\nb\u007f")).isEqualTo("ab");
        assertThat(FileName.of("x".repeat(300) + ".csv")).hasSize(200).endsWith("x.csv");
    }
}
