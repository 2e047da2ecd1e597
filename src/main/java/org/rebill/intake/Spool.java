package org.rebill.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rebill.platform.Refusal;

/** Bytes on their way in, put aside on disk so that their hash is known before they are stored. Constant memory. */
final class Spool implements AutoCloseable {
    /** The longest file that is taken: 1 GiB. */
    static final long MAX_BYTES = 1L << 30;

    /** How much of a file formats are shown before it is taken, in bytes. */
    static final int HEAD_BYTES = 8192;

    private final Path path;
    private final long size;
    private final byte[] sha256;

    private Spool(Path path, long size, byte[] sha256) {
        this.path = path;
        this.size = size;
        this.sha256 = sha256;
    }

    static Spool of(InputStream content) throws IOException {
        return of(content, Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Spool of(InputStream content, Path directory) throws IOException {
        Path path = Files.createTempFile(directory, "rebill-intake-", ".part");
        try {
            MessageDigest digest = newSha256();
            long size = 0;
            try (OutputStream out = Files.newOutputStream(path)) {
                byte[] buffer = new byte[1 << 16];
                for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
                    size += read;
                    if (size > MAX_BYTES) {
                        throw tooLarge();
                    }
                    digest.update(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
            }
            return new Spool(path, size, digest.digest());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /**
     * Refuses what is announced to be too large before any of it is read.
     *
     * @param length the Content-Length header; null or no number when it was not told
     */
    static void checkAnnounced(String length) {
        if (length != null && length.matches("[0-9]{10,18}") && Long.parseLong(length) > MAX_BYTES) {
            throw tooLarge();
        }
    }

    private static Refusal tooLarge() {
        return new Refusal.TooLarge(
                "file",
                "file.size",
                "The file is larger than 1 GiB. Split it at line ends and send the parts; records that are in two parts "
                        + "are counted once.");
    }

    static byte[] sha256(InputStream content) throws IOException {
        MessageDigest digest = newSha256();
        try (DigestInputStream in = new DigestInputStream(content, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    long size() {
        return size;
    }

    byte[] sha256() {
        return sha256.clone();
    }

    String hex() {
        return HexFormat.of().formatHex(sha256);
    }

    /** The first bytes, enough to tell what kind of file it is. */
    byte[] head() throws IOException {
        try (InputStream in = open()) {
            return in.readNBytes(HEAD_BYTES);
        }
    }

    /**
     * The last bytes.
     *
     * @param most of them; fewer when it is shorter
     */
    byte[] tail(int most) throws IOException {
        try (InputStream in = open()) {
            in.skipNBytes(Math.max(0, size - most));
            return in.readAllBytes();
        }
    }

    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
