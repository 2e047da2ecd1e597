package org.rebill.launcher;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The application's configuration for the servers of this machine. */
final class Configuration {
    private Configuration() {}

    /**
     * All of it.
     *
     * @param url the application as browsers reach it
     * @param tenants folder of the demo firms' packs; none are set up when there is no such folder
     */
    static Properties of(Home home, URI url, Postgres postgres, Keycloak keycloak, Path tenants, int sftpPort) {
        Properties properties = new Properties();
        properties.setProperty("rebill.db.url", postgres.url("rebill"));
        properties.setProperty("rebill.db.user", Postgres.APPLICATION);
        properties.setProperty("rebill.db.password", home.secret(Postgres.APPLICATION_SECRET));
        properties.setProperty("rebill.db.owner.user", Postgres.OWNER);
        properties.setProperty("rebill.db.owner.password", home.secret(Postgres.OWNER_SECRET));
        properties.setProperty("rebill.oidc.issuer", keycloak.issuer().toString());
        properties.setProperty("rebill.oidc.client-id", "rebill");
        properties.setProperty("rebill.oidc.client-secret", home.secret(Keycloak.CLIENT_SECRET));
        properties.setProperty("rebill.api.audience", Keycloak.AUDIENCE);
        properties.setProperty("rebill.keycloak.url", keycloak.url().toString());
        properties.setProperty("rebill.keycloak.realm", Keycloak.REALM);
        properties.setProperty("rebill.keycloak.client-id", "rebill-admin");
        properties.setProperty("rebill.keycloak.client-secret", home.secret(Keycloak.ADMIN_SECRET));
        properties.setProperty("rebill.url", url.toString());
        properties.setProperty("rebill.sftp.port", Integer.toString(sftpPort));
        properties.setProperty("rebill.sftp.host", "127.0.0.1");
        properties.setProperty("rebill.smdr.ports", "21000-21999");
        properties.setProperty("rebill.smdr.host", "127.0.0.1");
        properties.setProperty(
                "rebill.sftp.host-key", home.path("payara", "sftp-host-key").toString());
        if (Files.isDirectory(tenants)) {
            properties.setProperty("rebill.tenants", tenants.toString());
        }
        // Limits of what machines push, and the mail server, as given with -D.
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("rebill.push.") || name.startsWith("rebill.mail."))
                .forEach(name -> properties.setProperty(name, System.getProperty(name)));
        return properties;
    }
}
