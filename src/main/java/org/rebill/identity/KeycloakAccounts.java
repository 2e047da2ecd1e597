package org.rebill.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.OrganizationsResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Makes a firm's organization and its users at Keycloak, as a service account that may manage users and organizations.
 * Doing it again is harmless: what is there already is left as it is.
 */
@ApplicationScoped
public class KeycloakAccounts {
    private static final int PIECE = 100;

    private final Config config;

    @Inject
    KeycloakAccounts(Config config) {
        this.config = config;
    }

    /**
     * Somebody who may sign in.
     *
     * @param username one of a kind at Keycloak
     * @param name given name first
     * @param password for demos and tests; null for none, so that nobody can sign in until one is set
     */
    public record Account(String username, String name, String email, String password) {
        @Override
        public String toString() {
            return username;
        }
    }

    /**
     * Makes the organization and the accounts, and the accounts members of it.
     *
     * @param alias the firm's address
     * @return Keycloak's subjects by user name, in the order given
     * @throws IllegalStateException when Keycloak is not configured, does not answer or refuses; says what to do
     */
    public Map<String, UUID> setUp(String alias, String name, List<Account> accounts) {
        try (Keycloak keycloak = connect()) {
            RealmResource administered = keycloak.realm(needed("realm"));
            String organization = organization(administered.organizations(), alias, name);
            Map<String, UUID> subjects = new LinkedHashMap<>();
            for (Account account : accounts) {
                String subject = user(administered, account);
                addMember(administered, organization, subject);
                subjects.put(account.username(), UUID.fromString(subject));
            }
            return subjects;
        } catch (WebApplicationException e) {
            throw new IllegalStateException(
                    "Keycloak at " + needed("url") + " answered " + e.getMessage() + " to the client '"
                            + needed("client-id") + "'. Has its service account the realm-management roles "
                            + "manage-users and manage-organizations?",
                    e);
        } catch (ProcessingException e) {
            throw new IllegalStateException("Keycloak at " + needed("url") + " does not answer: " + e.getMessage(), e);
        }
    }

    private Keycloak connect() {
        Keycloak.setClientProvider(new JerseyForKeycloak());
        return KeycloakBuilder.builder()
                .serverUrl(needed("url"))
                .realm(needed("realm"))
                .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                .clientId(needed("client-id"))
                .clientSecret(needed("client-secret"))
                .build();
    }

    private String needed(String key) {
        String name = "rebill.keycloak." + key;
        return config.getOptionalValue(name, String.class)
                .orElseThrow(() -> new IllegalStateException(
                        name + " is not configured, so no accounts can be made at Keycloak."));
    }

    private static String organization(OrganizationsResource organizations, String alias, String name) {
        OrganizationRepresentation wanted = new OrganizationRepresentation();
        wanted.setAlias(alias);
        wanted.setName(name);
        wanted.setEnabled(true);
        try (Response created = organizations.create(wanted)) {
            if (created.getStatus() == Response.Status.CREATED.getStatusCode()) {
                return CreatedResponseUtil.getCreatedId(created);
            }
            if (created.getStatus() != Response.Status.CONFLICT.getStatusCode()) {
                throw new WebApplicationException(created.getStatus() + " " + created.readEntity(String.class));
            }
        }
        // Keycloak searches by name and domain only.
        for (int first = 0; ; first += PIECE) {
            List<OrganizationRepresentation> piece = organizations.list(first, PIECE);
            for (OrganizationRepresentation there : piece) {
                if (alias.equals(there.getAlias())) {
                    return there.getId();
                }
            }
            if (piece.size() < PIECE) {
                throw new IllegalStateException("Keycloak has an organization named '" + name
                        + "' with another alias than '" + alias + "'. Rename one of the two.");
            }
        }
    }

    private static String user(RealmResource administered, Account account) {
        List<UserRepresentation> there = administered.users().searchByUsername(account.username(), true);
        if (!there.isEmpty()) {
            return there.get(0).getId();
        }
        int lastName = account.name().lastIndexOf(' ');
        UserRepresentation wanted = new UserRepresentation();
        wanted.setUsername(account.username());
        wanted.setFirstName(lastName < 0 ? "" : account.name().substring(0, lastName));
        wanted.setLastName(account.name().substring(lastName + 1));
        wanted.setEmail(account.email());
        wanted.setEmailVerified(true);
        wanted.setEnabled(true);
        if (account.password() != null) {
            CredentialRepresentation password = new CredentialRepresentation();
            password.setType(CredentialRepresentation.PASSWORD);
            password.setValue(account.password());
            password.setTemporary(false);
            wanted.setCredentials(List.of(password));
        }
        try (Response created = administered.users().create(wanted)) {
            if (created.getStatus() != Response.Status.CREATED.getStatusCode()) {
                throw new WebApplicationException(created.getStatus() + " for the user '" + account.username() + "': "
                        + created.readEntity(String.class));
            }
            return CreatedResponseUtil.getCreatedId(created);
        }
    }

    private static void addMember(RealmResource administered, String organization, String subject) {
        try (Response added =
                administered.organizations().get(organization).members().addMember(subject)) {
            // Conflict: is a member already.
            if (added.getStatus() != Response.Status.CREATED.getStatusCode()
                    && added.getStatus() != Response.Status.CONFLICT.getStatusCode()) {
                throw new WebApplicationException(
                        added.getStatus() + " for a member: " + added.readEntity(String.class));
            }
        }
    }
}
