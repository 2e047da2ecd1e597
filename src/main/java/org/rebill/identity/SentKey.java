package org.rebill.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The key in an Authorization header: a bearer token, or the password of Basic with any user name. */
final class SentKey {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private SentKey() {}

    /**
     * The key that was sent.
     *
     * @param header null when there was none
     * @return empty when it holds none
     */
    static Optional<String> of(String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (begins(header, BEARER)) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return begins(header, BASIC) ? password(header.substring(BASIC.length()).strip()) : Optional.empty();
    }

    private static boolean begins(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static Optional<String> password(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
