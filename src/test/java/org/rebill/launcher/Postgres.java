package org.rebill.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * PostgreSQL on the loopback address, with the roles that the application expects: an owner for the schema, an
 * application role that owns nothing and can't pass row level security, and Keycloak's own database. Everybody needs a
 * password, the superuser too.
 */
final class Postgres implements AutoCloseable {
    static final String OWNER = "rebill_owner";
    static final String APPLICATION = "rebill_app";
    static final String KEYCLOAK = "keycloak";
    static final String OWNER_SECRET = "database.owner";
    static final String APPLICATION_SECRET = "database.application";
    static final String KEYCLOAK_SECRET = "database.keycloak";
    private static final String SUPERUSER = "postgres";
    private static final String SUPERUSER_SECRET = "database.superuser";
    private static final Logger LIBRARY = Logger.getLogger("io.zonky.test");

    private final EmbeddedPostgres server;
    private final Home home;

    private Postgres(EmbeddedPostgres server, Home home) {
        this.server = server;
        this.home = home;
    }

    /** Starts it with data kept in the home; makes what is missing there. */
    static Postgres start(Home home, int port) {
        LIBRARY.setLevel(Level.WARNING);
        Path data = home.path("postgres");
        stopLeftOver(home);
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.to(home.path("logs", "postgres.log").toFile());
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setOverrideWorkingDirectory(home.path("postgres-binaries").toFile())
                    .setConnectConfig("password", home.secret(SUPERUSER_SECRET))
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    // The library switches it off; here data matters.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_wal_size", "2GB")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
            Postgres postgres = new Postgres(server, home);
            try {
                postgres.prepare(data);
            } catch (SQLException | IOException | RuntimeException e) {
                postgres.close();
                throw e;
            }
            return postgres;
        } catch (IOException | SQLException | IllegalStateException e) {
            throw new StartFailure(
                    "PostgreSQL can't be started: " + e.getMessage() + "\nIts log: "
                            + home.path("logs", "postgres.log"),
                    e);
        }
    }

    /** A server that outlived a killed launcher would hold the data folder. */
    static void stopLeftOver(Home home) {
        Path pidFile = home.path("postgres").resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        try {
            Optional<ProcessHandle> handle = ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(pidFile).get(0).trim()));
            handle.filter(process -> process.info().command().orElse("").contains("postgres"))
                    .ifPresent(ServerProcess::stop);
        } catch (IOException e) {
            throw new StartFailure("Can't read " + pidFile + ": " + e, e);
        }
    }

    private void prepare(Path data) throws SQLException, IOException {
        try (Connection connection = connect("postgres")) {
            String actual = single(connection, "select current_setting('data_directory')");
            if (!Path.of(actual).toRealPath().equals(data.toRealPath())) {
                throw new StartFailure("Port " + server.getPort() + " belongs to another PostgreSQL (" + actual
                        + "). Choose another port with -Drebill.db.port=PORT.");
            }
            role(connection, SUPERUSER, SUPERUSER_SECRET);
            role(connection, OWNER, OWNER_SECRET);
            role(connection, APPLICATION, APPLICATION_SECRET);
            role(connection, KEYCLOAK, KEYCLOAK_SECRET);
            databases(connection);
            try (Statement statement = connection.createStatement()) {
                // On Citus the firm of a transaction reaches the workers by this; plain PostgreSQL takes no notice.
                statement.execute("alter role " + APPLICATION + " set citus.propagate_set_commands = 'local'");
            }
            needPasswords(connection, data);
        }
    }

    /** The library's initdb trusts everybody on this machine; we don't. */
    private static void needPasswords(Connection connection, Path data) throws SQLException, IOException {
        String rule = "host all all 127.0.0.1/32 scram-sha-256\n";
        Path rules = data.resolve("pg_hba.conf");
        if (!Files.readString(rules).equals(rule)) {
            Files.writeString(rules, rule);
            single(connection, "select pg_reload_conf()");
        }
    }

    private void role(Connection connection, String name, String secret) throws SQLException {
        boolean known = "1".equals(single(connection, "select count(*) from pg_roles where rolname = '" + name + "'"));
        try (PreparedStatement format = connection.prepareStatement(
                "select format('" + (known ? "alter" : "create") + " role %I login password %L', ?, ?)")) {
            format.setString(1, name);
            format.setString(2, home.secret(secret));
            try (ResultSet command = format.executeQuery();
                    Statement statement = connection.createStatement()) {
                command.next();
                statement.execute(command.getString(1));
            }
        }
    }

    private static void databases(Connection connection) throws SQLException {
        database(connection, "rebill", OWNER);
        database(connection, KEYCLOAK, KEYCLOAK);
        try (Statement statement = connection.createStatement()) {
            // Temporary tables: records are copied into one before they are merged.
            statement.execute("grant connect, temporary on database rebill to " + APPLICATION);
        }
    }

    private static void database(Connection connection, String name, String owner) throws SQLException {
        if ("0".equals(single(connection, "select count(*) from pg_database where datname = '" + name + "'"))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create database " + name + " owner " + owner);
                statement.execute("revoke all on database " + name + " from public");
            }
        }
    }

    /** Throws a database away and makes it anew. */
    void empty(String name) {
        try (Connection connection = connect("postgres")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop database " + name + " with (force)");
            }
            databases(connection);
        } catch (SQLException e) {
            throw new StartFailure("The database " + name + " can't be emptied: " + e.getMessage(), e);
        }
    }

    private static String single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, home.secret(SUPERUSER_SECRET));
    }

    /** JDBC address of a database. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    /** Version, for people. */
    String version() {
        try (Connection connection = connect("postgres")) {
            return single(connection, "show server_version");
        } catch (SQLException e) {
            throw new StartFailure("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new StartFailure("PostgreSQL can't be stopped: " + e, e);
        }
    }
}
