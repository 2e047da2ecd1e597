package org.rebill.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;

/** PostgreSQL, Keycloak and the server with the application, started and stopped together. */
public final class Servers implements AutoCloseable {
    private final Home home;
    private final Settings settings;
    private final Consumer<String> say;
    private final int port;
    private int sftpPort;
    private Postgres postgres;
    private Keycloak keycloak;
    private Payara payara;

    private Servers(Home home, Settings settings, Consumer<String> say) {
        this.home = home;
        this.settings = settings;
        this.say = say;
        this.port = home.port("rebill", settings.port(), 8080);
    }

    /** What the start was asked for, with nothing running yet. */
    static Servers of(Home home, Settings settings, Consumer<String> say) {
        return new Servers(home, settings, say);
    }

    /**
     * For tests: free ports, no demo firms, and an empty application database; Keycloak's installation and realm are
     * kept from run to run in the build's folder.
     *
     * @param project the project's folder
     * @param build the build's folder
     */
    public static Servers forTests(Path project, Path build, Consumer<String> say) {
        Path data = build.resolve("it");
        Settings settings = new Settings(
                project,
                build,
                data,
                build.resolve("no-tenants"),
                Ports.free(),
                Ports.free(),
                Ports.free(),
                Ports.free(),
                false);
        Servers servers = new Servers(Home.take(data), settings, say);
        try {
            servers.startPostgres();
            servers.postgres.empty("rebill");
            if (servers.home.changed(settings.keycloakSources().resolve("realm.json"))) {
                servers.postgres.empty(Postgres.KEYCLOAK);
            }
            servers.startKeycloak();
            return servers;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    void startPostgres() {
        int databasePort = home.port("db", settings.databasePort(), port + 2);
        Postgres.stopLeftOver(home);
        Ports.needFree(databasePort, "PostgreSQL", "rebill.db.port");
        say.accept("starting PostgreSQL");
        postgres = Postgres.start(home, databasePort);
        say.accept("PostgreSQL " + postgres.version() + " is ready on port " + databasePort);
    }

    void startKeycloak() {
        int keycloakPort = home.port("keycloak", settings.keycloakPort(), port + 1);
        ServerProcess.stopLeftOver(home, Keycloak.NAME);
        ServerProcess.stopLeftOver(home, Payara.NAME);
        Ports.needFree(keycloakPort, "Keycloak", "rebill.keycloak.port");
        Ports.needFree(port, "Rebill", "rebill.port");
        say.accept("starting Keycloak");
        keycloak = Keycloak.start(
                home, keycloakPort, settings.keycloakZip(), settings.keycloakSources(), url(), postgres, say);
        say.accept("Keycloak is ready at " + keycloak.url());
    }

    /**
     * Starts the server with the application and waits until it is ready.
     *
     * @throws StartFailure with the first cause when it can't be deployed
     */
    public void startApplication(Path war) {
        sftpPort = home.port("sftp", settings.sftpPort(), port + 3);
        Ports.needFree(sftpPort, "SFTP", "rebill.sftp.port");
        say.accept("starting the application");
        payara = Payara.start(
                home,
                port,
                settings.payaraJar(),
                war,
                settings.payaraSources(),
                Configuration.of(home, url(), postgres, keycloak, settings.tenants(), sftpPort));
        say.accept("the application is ready");
    }

    void stopApplication() {
        if (payara != null) {
            payara.close();
            payara = null;
        }
    }

    /** What has ended by itself, or empty. */
    String dead() {
        if (keycloak != null && !keycloak.alive()) {
            return Keycloak.NAME;
        }
        return payara != null && !payara.alive() ? Payara.NAME : "";
    }

    /** Address of the application. */
    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    /** Port of the drop for files, on the loopback address. */
    public int sftpPort() {
        return sftpPort;
    }

    /** Address of Keycloak. */
    public URI keycloak() {
        return keycloak.url();
    }

    /** Secret of Keycloak's client {@code rebill-admin}. */
    public String adminSecret() {
        return home.secret(Keycloak.ADMIN_SECRET);
    }

    /** A connection as the application's own role, which sees a firm's rows only after {@code app_set_tenant}. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgres.url("rebill"), Postgres.APPLICATION, home.secret(Postgres.APPLICATION_SECRET));
    }

    /** A connection as the schema's owner, to read the catalogue. */
    public Connection connectAsOwner() throws SQLException {
        return DriverManager.getConnection(postgres.url("rebill"), Postgres.OWNER, home.secret(Postgres.OWNER_SECRET));
    }

    @Override
    public void close() {
        close(payara);
        close(keycloak);
        close(postgres);
        close(home);
    }

    private void close(AutoCloseable server) {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (Exception e) {
            say.accept("could not be stopped: " + e.getMessage());
        }
    }
}
