package org.rebill.intake.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Makes ids of bytes: the first 16 bytes of a SHA-256. Used for one record after the other; not for several threads.
 */
final class Fingerprint {
    /** ASCII unit separator: stands between parts, so that "ab","c" and "a","bc" differ. */
    private static final byte BETWEEN = 0x1f;

    private final MessageDigest digest = sha256();
    private final byte[] result = new byte[32];
    private final ByteBuffer view = ByteBuffer.wrap(result);
    private final byte[] source;

    Fingerprint(UUID sourceId) {
        source = ByteBuffer.allocate(16)
                .putLong(sourceId.getMostSignificantBits())
                .putLong(sourceId.getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Begins an id of this source; the kind keeps ids of different make apart. */
    Fingerprint begin(char kind) {
        digest.reset();
        digest.update(source);
        digest.update((byte) kind);
        return this;
    }

    Fingerprint add(CsvFields fields, int field) {
        return add(fields.bytes(), fields.from(field), fields.to(field));
    }

    Fingerprint add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    Fingerprint add(byte[] bytes, int from, int to) {
        digest.update(BETWEEN);
        digest.update(bytes, from, to - from);
        return this;
    }

    UUID id() {
        return uuid(digest.digest());
    }

    /** Of bytes alone, whatever the source. */
    UUID of(byte[] bytes, int from, int to) {
        digest.reset();
        digest.update(bytes, from, to - from);
        return uuid(digest.digest());
    }

    private UUID uuid(byte[] hash) {
        System.arraycopy(hash, 0, result, 0, result.length);
        return new UUID(view.getLong(0), view.getLong(8));
    }
}
