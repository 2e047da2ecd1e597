package org.rebill.mail;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.rebill.platform.Sha256;

/**
 * The text of a link in a mail: it names its firm, so that it is looked up under that firm's row level security, and
 * the link; only the secret of 256 random bits proves anything.
 */
final class LinkText {
    private static final int KEY_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int BYTES = 2 * KEY_BYTES + SECRET_BYTES;

    private final UUID firm;
    private final UUID link;
    private final byte[] secret;

    private LinkText(UUID firm, UUID link, byte[] secret) {
        this.firm = firm;
        this.link = link;
        this.secret = secret;
    }

    /** A new one. */
    static LinkText random(UUID firm, UUID link, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new LinkText(firm, link, secret);
    }

    /** Reads what was sent; empty when it has not the form of one. */
    static Optional<LinkText> parse(String text) {
        try {
            byte[] bytes = text == null ? new byte[0] : Base64.getUrlDecoder().decode(text);
            if (bytes.length != BYTES) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            UUID firm = new UUID(buffer.getLong(), buffer.getLong());
            UUID link = new UUID(buffer.getLong(), buffer.getLong());
            return Optional.of(new LinkText(firm, link, Arrays.copyOfRange(bytes, 2 * KEY_BYTES, BYTES)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    UUID firm() {
        return firm;
    }

    UUID link() {
        return link;
    }

    /** What is kept of the secret. */
    byte[] hash() {
        return Sha256.of(secret);
    }

    /** The whole text; goes into the mail and is kept nowhere. */
    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(firm.getMostSignificantBits())
                .putLong(firm.getLeastSignificantBits())
                .putLong(link.getMostSignificantBits())
                .putLong(link.getLeastSignificantBits())
                .put(secret)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Without the secret: this is what a log would show. */
    @Override
    public String toString() {
        return "link " + link;
    }
}
