package org.rebill.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the start was asked for: folders of the project and system properties.
 *
 * @param project the project's folder
 * @param build the build's folder with the WAR and the servers
 * @param data everything a running Rebill keeps ({@code rebill.data})
 * @param tenants packs of the demo firms ({@code rebill.tenants})
 * @param port of the application ({@code rebill.port}); null when not given
 * @param keycloakPort {@code rebill.keycloak.port}; null when not given
 * @param databasePort {@code rebill.db.port}; null when not given
 * @param sftpPort {@code rebill.sftp.port}; null when not given
 * @param onlyApplication replace the application of a running one ({@code rebill.only=app})
 */
record Settings(
        Path project,
        Path build,
        Path data,
        Path tenants,
        Integer port,
        Integer keycloakPort,
        Integer databasePort,
        Integer sftpPort,
        boolean onlyApplication) {
    private static final int LAST_PORT = 65_535;

    static Settings of(Path project, Path build) {
        String only = System.getProperty("rebill.only", "");
        if (!only.isEmpty() && !only.equals("app")) {
            throw new StartFailure("-Drebill.only=" + only + " is not known; -Drebill.only=app replaces the "
                    + "application of a running Rebill.");
        }
        Path tenants =
                project.resolve(System.getProperty("rebill.tenants", "tenants")).normalize();
        if (!Files.isDirectory(tenants)) {
            throw new StartFailure("There is no folder " + tenants + " with packs of firms. Mend -Drebill.tenants.");
        }
        return new Settings(
                project,
                build,
                project.resolve(System.getProperty("rebill.data", ".data")).normalize(),
                tenants,
                port("rebill.port"),
                port("rebill.keycloak.port"),
                port("rebill.db.port"),
                port("rebill.sftp.port"),
                only.equals("app"));
    }

    private static Integer port(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            return null;
        }
        try {
            int port = Integer.parseInt(value);
            if (port > 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, as other numbers that are no ports.
        }
        throw new StartFailure("-D" + property + "=" + value + " is not a port (1 to " + LAST_PORT + ").");
    }

    Path war() {
        return build.resolve("rebill.war");
    }

    Path payaraJar() {
        return build.resolve("servers/payara-micro.jar");
    }

    Path keycloakZip() {
        return build.resolve("servers/keycloak.zip");
    }

    Path keycloakSources() {
        return project.resolve("src/main/keycloak");
    }

    Path payaraSources() {
        return project.resolve("src/main/payara");
    }
}
