package org.rebill.testing;

import java.util.UUID;

/**
 * Someone who can sign in; the password is the user name.
 *
 * @param id Keycloak's subject
 */
public record Account(UUID id, String username) {
    /** What the firm calls this person. */
    public String displayName() {
        return "Test " + username.substring(0, username.indexOf('-'));
    }

    /** What the account is known by. */
    public String email() {
        return username + "@rebill.example";
    }
}
