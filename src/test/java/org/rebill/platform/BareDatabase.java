package org.rebill.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL with the product's schema and nothing else, for tests of set work without the container. The
 * application's role owns nothing and can't pass row level security, as in life. One for each run of the tests.
 */
public final class BareDatabase implements AutoCloseable {
    private static final String OWNER = "rebill_owner";
    private static final String APPLICATION = "rebill_app";

    private static BareDatabase running;

    private final Path data;
    private EmbeddedPostgres server;

    private BareDatabase(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** The running one; the first call starts it. Its data are thrown away. */
    public static synchronized BareDatabase get() {
        if (running == null) {
            running = start("off");
        }
        return running;
    }

    /** One with a server of its own that waits for the disk, for figures. */
    public static BareDatabase durable() {
        return start("on");
    }

    /** As {@link #durable}, whose server can be killed. */
    public static BareDatabase killable(Path data) {
        try {
            BareDatabase database = new BareDatabase(killable(data, 0), data);
            database.migrate();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres killable(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    /** Kills the server without warning, and starts it on its data again. */
    public void killAndRestart() throws IOException {
        int port = server.getPort();
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> backends = postmaster.children().toList();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
        backends.forEach(backend -> backend.onExit().join());
        server.close();
        server = killable(data, port);
    }

    /** Where the server listens. */
    public int port() {
        return server.getPort();
    }

    /** Stops the server. */
    @Override
    public void close() throws IOException {
        server.close();
    }

    private static BareDatabase start(String fsync) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", fsync)
                    .setServerConfig("synchronous_commit", fsync)
                    .setServerConfig("max_wal_size", "2GB")
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            BareDatabase database = new BareDatabase(server, null);
            database.migrate();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void migrate() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + OWNER + " login");
            statement.execute("create role " + APPLICATION + " login");
            statement.execute("create database rebill owner " + OWNER);
        }
        Flyway.configure()
                .dataSource(server.getJdbcUrl(OWNER, "rebill"), OWNER, "")
                .placeholders(Map.of("app_role", APPLICATION))
                .load()
                .migrate();
    }

    /** Work in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws Exception;
    }

    /** A connection as the application's role, without autocommit and without a firm. */
    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(server.getJdbcUrl(APPLICATION, "rebill"), APPLICATION, "");
        connection.setAutoCommit(false);
        return connection;
    }

    /** The same, to the server of another process. */
    public static Connection connect(int port) throws SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/rebill?user=" + APPLICATION, APPLICATION, "");
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection as the schema's owner. */
    public Connection connectAsOwner() throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl(OWNER, "rebill"), OWNER, "");
    }

    /** A connection that passes row level security, for figures and for looking at all firms. */
    public Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl("postgres", "rebill"), "postgres", "");
    }

    /** Does work in a transaction of a firm: committed when it returns, taken back when it throws. */
    public <T> T in(UUID firm, Work<T> work) throws Exception {
        try (Connection connection = connect()) {
            setFirm(connection, firm);
            T result = work.on(connection);
            connection.commit();
            return result;
        }
    }

    /** Names the firm of the transaction that begins. */
    public static void setFirm(Connection connection, UUID firm) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select app_set_tenant(?)")) {
            statement.setObject(1, firm);
            statement.execute();
        }
    }

    /** A firm with one site and nothing else. */
    public NewFirm newFirm() throws Exception {
        UUID firm = UUID.randomUUID();
        UUID site = UUID.randomUUID();
        in(firm, connection -> {
            Sql sql = Sql.on(connection);
            sql.update(
                    "insert into firm (firm_id, slug, name, trade, country, zone, currency, locale, paper, address, "
                            + "brand_colour, payment_days, statement_prefix) values (?, ?, "
                            + "'Firm', 'LAW', 'US', 'America/Chicago', 'USD', 'en-US', 'LETTER', 'Austin', '#3350c9', "
                            + "30, 'T')",
                    firm,
                    "f" + firm.toString().substring(0, 8));
            sql.update(
                    "insert into code_policy (firm_id, id, scope, forced, verified, set_at, set_by) "
                            + "values (?, ?, 'FIRM', true, true, now(), 'Test')",
                    firm,
                    firm);
            return sql.update(
                    "insert into site (firm_id, id, name, country, zone) values (?, ?, 'Office', 'US', "
                            + "'America/Chicago')",
                    firm,
                    site);
        });
        return new NewFirm(firm, site);
    }

    /** Keys of a firm made for a test. */
    public record NewFirm(UUID id, UUID site) {}

    /** A source of the firm and an empty file of it. */
    public NewFile newFile(NewFirm firm, UUID source) throws Exception {
        UUID file = UUID.randomUUID();
        in(firm.id(), connection -> {
            Sql sql = Sql.on(connection);
            sql.update(
                    "insert into source (firm_id, id, site_id, name, format, zone, stamps_in_utc, country, area_code, "
                            + "outside_prefix, extension_digits, prompt_allowance_seconds) values (?, ?, ?, ?, "
                            + "'asterisk-cdr-csv', 'America/Chicago', false, 'US', '512', '', 3, 0) "
                            + "on conflict do nothing",
                    firm.id(),
                    source,
                    firm.site(),
                    source.toString());
            return sql.update(
                    "insert into intake_file (firm_id, id, source_id, name, size_bytes, sha256, received_at, "
                            + "received_by, via, state) values (?, ?, ?, 'Master.csv', 1, decode(md5(?), 'hex'), now(), "
                            + "'test', 'UPLOAD', 'READING')",
                    firm.id(),
                    file,
                    source,
                    file.toString());
        });
        return new NewFile(source, file);
    }

    /** Keys of a file made for a test. */
    public record NewFile(UUID source, UUID file) {}
}
