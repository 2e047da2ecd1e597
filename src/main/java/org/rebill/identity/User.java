package org.rebill.identity;

import java.util.List;
import java.util.UUID;

/**
 * Someone who signed in, as Keycloak tells.
 *
 * @param id Keycloak's subject
 * @param organizations aliases of the organizations, which are the firms' slugs
 */
public record User(UUID id, String name, String email, List<String> organizations) {
    public User {
        organizations = List.copyOf(organizations);
    }
}
