package org.rebill.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;

/**
 * A public key as OpenSSH writes it in one line: type, base 64, comment.
 *
 * @param fingerprint as OpenSSH shows it, {@code SHA256:…}
 * @param comment may be empty
 */
record SshKeyText(String type, String fingerprint, String comment) {
    /** Types that are taken, and the fewest bytes of such a key. */
    private static final Map<String, Integer> TYPES = Map.of(
            "ssh-ed25519", 51,
            "ecdsa-sha2-nistp256", 104,
            "ecdsa-sha2-nistp384", 136,
            "ecdsa-sha2-nistp521", 172,
            // 2048 bits.
            "ssh-rsa", 277);

    private static final int LONGEST = 4096;
    private static final int LONGEST_COMMENT = 100;

    /**
     * Reads a line.
     *
     * @throws Refusal.Invalid when it is none, is a private key, or is of a kind that is not taken
     */
    static SshKeyText parse(String line) {
        String text = line == null ? "" : line.strip();
        if (text.contains("PRIVATE KEY")) {
            throw new Refusal.Invalid(
                    "publicKey",
                    "key.private",
                    "This is a private key. Keep it to yourself; paste the line of the file that ends in .pub.");
        }
        String[] parts = text.split("\\s+", 3);
        Integer fewest = parts.length < 2 || text.length() > LONGEST ? null : TYPES.get(parts[0]);
        if (fewest == null) {
            throw malformed();
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(parts[1]);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (!parts[0].equals(typeIn(bytes))) {
            throw malformed();
        }
        if (bytes.length < fewest) {
            throw new Refusal.Invalid(
                    "publicKey", "key.short", "This key is too short. Use ed25519, or RSA with 2048 bits or more.");
        }
        String comment = parts.length < 3 ? "" : parts[2].strip();
        return new SshKeyText(
                parts[0],
                "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Sha256.of(bytes)),
                comment.length() > LONGEST_COMMENT ? comment.substring(0, LONGEST_COMMENT) : comment);
    }

    /** A key's bytes begin with the length and the name of its type. */
    private static String typeIn(byte[] bytes) {
        if (bytes.length < Integer.BYTES) {
            return "";
        }
        int length = ByteBuffer.wrap(bytes).getInt();
        return length < 0 || length > bytes.length - Integer.BYTES
                ? ""
                : new String(bytes, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    private static Refusal malformed() {
        return new Refusal.Invalid(
                "publicKey",
                "key.form",
                "Paste the public key as one line, such as 'ssh-ed25519 AAAA… name'. Kinds that are taken: ed25519, "
                        + "ECDSA (nistp256, 384, 521) and RSA.");
    }
}
