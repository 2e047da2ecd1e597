package org.rebill.intake;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.rebill.platform.Refusal;

/**
 * A gzip or zip archive taken apart, each file in it put aside on disk. Bounded: how many files, how many bytes in all,
 * and how many times the archive's own size. Refused (422, or 413 where it is too much), with nothing left behind: what
 * is encrypted, damaged, or holds archives itself.
 */
final class Archive implements AutoCloseable {
    /** Files in one archive. */
    static final int MOST_FILES = 1000;
    /** Bytes of all files in one archive together: as many as one file may have. */
    static final long MOST_BYTES = Spool.MAX_BYTES;
    /** Times its size that an archive may unpack to; text of call records packs 5 to 30 times. */
    static final int MOST_TIMES = 250;
    /** Up to this size the times are not looked at. */
    private static final long SMALL = 16L << 20;

    /** Names without a mark for UTF-8 are in the code page of old. */
    private static final Charset NAMES =
            Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;

    /** What packs an archive. */
    enum Kind {
        GZIP,
        ZIP;

        /**
         * By a file's first bytes; empty for what is no archive, an office document among it.
         *
         * @param head at least 4 bytes where the file has them
         */
        static Optional<Kind> of(byte[] head) {
            if (head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
                return Optional.of(GZIP);
            }
            boolean zip = head.length > 3
                    && head[0] == 'P'
                    && head[1] == 'K'
                    && ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6));
            String text = new String(head, StandardCharsets.ISO_8859_1);
            boolean office = text.contains("[Content_Types].xml") || text.contains("mimetype");
            return zip && !office ? Optional.of(ZIP) : Optional.empty();
        }
    }

    /**
     * A file of the archive.
     *
     * @param name the last part of its path there
     */
    record Member(String name, Spool spool) {}

    private final List<Member> members = new ArrayList<>();
    private final String name;
    private final Spool packed;
    private long left;

    private Archive(String name, Spool packed) {
        this.name = name;
        this.packed = packed;
        this.left = Math.min(MOST_BYTES, Math.max(SMALL, packed.size() * MOST_TIMES));
    }

    /**
     * Takes it apart.
     *
     * @param name of the archive; gives a gzip's file its name
     */
    static Archive open(Kind kind, String name, Spool packed) throws IOException {
        Archive archive = new Archive(name, packed);
        try {
            switch (kind) {
                case GZIP -> archive.gunzip();
                case ZIP -> archive.unzip();
            }
            return archive;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** Its files in their order, at least one, none of them empty. */
    List<Member> members() {
        return List.copyOf(members);
    }

    private void gunzip() throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        String inside = lower.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        try (InputStream packedBytes = packed.open();
                InputStream content = Gunzip.of(packedBytes)) {
            take(FileName.of(inside), content);
        }
        if (members.isEmpty()) {
            throw empty();
        }
    }

    private void unzip() throws IOException {
        int expected = entries();
        if (expected > MOST_FILES) {
            throw new Refusal.TooLarge(
                    "file",
                    "archive.files",
                    "An archive may hold " + MOST_FILES + " files; this one has " + expected
                            + ". Send them in several.");
        }
        int found = 0;
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(packed.open()), NAMES)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++found > expected) {
                    throw broken();
                }
                if (!entry.isDirectory() && !isOfMac(entry.getName())) {
                    take(FileName.of(entry.getName()), zip);
                }
            }
        } catch (ZipException e) {
            throw e.getMessage() != null && e.getMessage().contains("encrypted") ? encrypted() : broken();
        } catch (EOFException | IllegalArgumentException e) {
            throw broken();
        }
        if (found != expected) {
            throw broken();
        }
        if (members.isEmpty()) {
            throw empty();
        }
    }

    private void take(String inside, InputStream content) throws IOException {
        Spool spool = Spool.of(new BoundedStream(content, left, this::tooMuch));
        if (spool.size() == 0) {
            spool.close();
            return;
        }
        members.add(new Member(inside, spool));
        left -= spool.size();
        if (Kind.of(spool.head()).isPresent()) {
            throw new Refusal.Invalid(
                    "file",
                    "archive.nested",
                    "'" + inside
                            + "' in the archive is an archive itself. Unpack the outer one and send what is inside.");
        }
    }

    /** What a Mac adds of its own when it packs. */
    private static boolean isOfMac(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("__MACOSX/") || last.equals(".DS_Store");
    }

    /**
     * How many entries the zip's end says that it has, so that one that was cut is not taken for whole.
     *
     * @throws Refusal.Invalid when there is no end
     */
    private int entries() throws IOException {
        int length = 22;
        byte[] tail = packed.tail(length + 0xffff);
        ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = tail.length - length; at >= 0; at--) {
            boolean end = bytes.getInt(at) == 0x06054b50
                    && at + length + Short.toUnsignedInt(bytes.getShort(at + 20)) == tail.length;
            if (end) {
                return Short.toUnsignedInt(bytes.getShort(at + 10));
            }
        }
        throw broken();
    }

    private Refusal tooMuch() {
        return new Refusal.TooLarge(
                "file",
                "archive.size",
                "The archive unpacks to more than 1 GiB, or to more than " + MOST_TIMES
                        + " times its size. Send its files in several archives, or unpacked.");
    }

    private static Refusal encrypted() {
        return new Refusal.Invalid(
                "file", "archive.encrypted", "The archive is encrypted. Pack the files without a password.");
    }

    private static Refusal broken() {
        return new Refusal.Invalid(
                "file",
                "archive.broken",
                "The archive is damaged, not complete, or packed in an unusual way. Pack its files again as an ordinary"
                        + " zip, or send them unpacked.");
    }

    private static Refusal empty() {
        return new Refusal.Invalid("file", "archive.empty", "There is no file with records in the archive.");
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.spool().close();
        }
    }
}
