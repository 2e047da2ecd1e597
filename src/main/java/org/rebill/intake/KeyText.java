package org.rebill.intake;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.platform.Sha256;

/**
 * The text of a source's key, {@code rbk_FIRM+ID_SECRET}: recognised at a glance, one word to copy, without a character
 * that a configuration file could mistake. It names its firm, so that the key is looked up under that firm's row level
 * security; only the secret proves anything.
 *
 * @param firm 25 digits of base 36 in the text
 * @param id of the key in its firm, 10 digits of base 36
 * @param secret 256 random bits, 50 digits of base 36 in the text
 */
record KeyText(UUID firm, String id, BigInteger secret) {
    private static final int RADIX = 36;
    private static final int FIRM_BYTES = 16;
    private static final int FIRM_DIGITS = 25;
    private static final int ID_DIGITS = 10;
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_DIGITS = 50;
    private static final Pattern FORM = Pattern.compile(
            "rbk_([0-9a-z]{" + FIRM_DIGITS + "})([0-9a-z]{" + ID_DIGITS + "})_([0-9a-z]{" + SECRET_DIGITS + "})");

    /** A new one of a firm. */
    static KeyText random(UUID firm, SecureRandom random) {
        BigInteger ids = BigInteger.valueOf(RADIX).pow(ID_DIGITS);
        // 64 bits more than needed: no id is likelier than another.
        String id = digits(new BigInteger(ids.bitLength() + Long.SIZE, random).mod(ids), ID_DIGITS);
        return new KeyText(firm, id, new BigInteger(SECRET_BYTES * Byte.SIZE, random));
    }

    /** Reads what was sent; empty when it has not the form of a key. */
    static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigInteger firm = new BigInteger(form.group(1), RADIX);
        BigInteger secret = new BigInteger(form.group(3), RADIX);
        if (firm.bitLength() > FIRM_BYTES * Byte.SIZE || secret.bitLength() > SECRET_BYTES * Byte.SIZE) {
            return Optional.empty();
        }
        return Optional.of(
                new KeyText(new UUID(firm.shiftRight(Long.SIZE).longValue(), firm.longValue()), form.group(2), secret));
    }

    /** What is kept of the secret: the SHA-256 of its 32 bytes. */
    byte[] hash() {
        byte[] bytes = new byte[SECRET_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = secret.shiftRight((bytes.length - 1 - i) * Byte.SIZE).byteValue();
        }
        return Sha256.of(bytes);
    }

    /** The whole key; shown once. */
    String text() {
        byte[] halves = ByteBuffer.allocate(FIRM_BYTES)
                .putLong(firm.getMostSignificantBits())
                .putLong(firm.getLeastSignificantBits())
                .array();
        return "rbk_" + digits(new BigInteger(1, halves), FIRM_DIGITS) + id + "_" + digits(secret, SECRET_DIGITS);
    }

    private static String digits(BigInteger number, int length) {
        String digits = number.toString(RADIX).toLowerCase(Locale.ROOT);
        return "0".repeat(length - digits.length()) + digits;
    }

    /** Without the secret: this is what a log would show. */
    @Override
    public String toString() {
        return "rbk_…" + id;
    }
}
