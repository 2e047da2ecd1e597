package org.rebill.testing;

import jakarta.enterprise.inject.spi.CDI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Tenant;

/**
 * A fresh firm with one user of each role, one person (the professional), one site with extension 101, and one client
 * (whose user is the client). Made in well under a second, so that each test class, or test, has its own.
 *
 * @param person key of the professional's person
 * @param client key of the client "Barton Creek Builders LLC"
 */
public record TestFirm(
        UUID id,
        String slug,
        Account owner,
        Account clerk,
        Account professional,
        Account clientUser,
        UUID person,
        UUID client,
        UUID site) {
    private static final String ADDRESS = "127.0.0.1";

    /** For tests outside of the server: users can sign in. Dollars, Chicago. */
    public static TestFirm create() {
        return create("America/Chicago", "USD", "en-US");
    }

    /** For tests outside of the server, in another place of the world. */
    public static TestFirm create(String zone, String currency, String locale) {
        String slug = newSlug();
        TestFirm firm =
                of(slug, TestUsers.create("owner-" + slug, "clerk-" + slug, "professional-" + slug, "client-" + slug));
        TestUsers.join(slug, firm.accounts());
        try (Connection connection = SharedServers.running().connect()) {
            firm.insert(connection, zone, currency, locale);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return firm;
    }

    /** For tests inside the server: nobody can sign in, work with {@link #as}. */
    public static TestFirm createInServer() {
        return createInServer("America/Chicago", "USD", "en-US");
    }

    /** For tests inside the server, in another place of the world. */
    public static TestFirm createInServer(String zone, String currency, String locale) {
        String slug = newSlug();
        TestFirm firm = of(
                slug,
                List.of(
                        new Account(Ids.next(), "owner-" + slug),
                        new Account(Ids.next(), "clerk-" + slug),
                        new Account(Ids.next(), "professional-" + slug),
                        new Account(Ids.next(), "client-" + slug)));
        try (Connection connection =
                CDI.current().select(ServersDatabase.class).get().connect()) {
            firm.insert(connection, zone, currency, locale);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return firm;
    }

    private static String newSlug() {
        String random = UUID.randomUUID().toString();
        return "t" + random.substring(0, 8) + random.substring(9, 13);
    }

    private static TestFirm of(String slug, List<Account> accounts) {
        return new TestFirm(
                Ids.next(),
                slug,
                accounts.get(0),
                accounts.get(1),
                accounts.get(2),
                accounts.get(3),
                Ids.next(),
                Ids.next(),
                Ids.next());
    }

    private List<Account> accounts() {
        return List.of(owner, clerk, professional, clientUser);
    }

    /** Lets someone of another firm into this one too. */
    public void admit(Account account, Role role) {
        TestUsers.addMember(slug, account);
        try (Connection connection = SharedServers.running().connect()) {
            connection.setAutoCommit(false);
            tenant(connection);
            membership(connection, account, role, null, role == Role.CLIENT ? client : null);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes someone a member of the organization only: the firm itself gives no role. */
    public void admitWithoutRole(Account account) {
        TestUsers.addMember(slug, account);
    }

    /** Inside the server: does the work in this firm, in this role. */
    public <T> T as(Role role, Callable<T> work) throws Exception {
        return Tenant.call(id, () -> caller(role).call(work));
    }

    /** Inside the server: this firm's user of that role. */
    public Caller caller(Role role) {
        Account account = account(role);
        return new Caller(
                account.id(),
                account.displayName(),
                ADDRESS,
                Set.of(role),
                role == Role.PROFESSIONAL ? person : null,
                role == Role.CLIENT ? client : null);
    }

    /** The user of that role. */
    public Account account(Role role) {
        return switch (role) {
            case OWNER -> owner;
            case CLERK -> clerk;
            case PROFESSIONAL -> professional;
            case CLIENT -> clientUser;
            case SOURCE -> throw new IllegalArgumentException("A machine is no user");
        };
    }

    private void insert(Connection connection, String zone, String currency, String locale) throws SQLException {
        connection.setAutoCommit(false);
        tenant(connection);
        String country = Locale.forLanguageTag(locale).getCountry();
        run(
                connection,
                "insert into firm (firm_id, slug, name, trade, country, zone, currency, locale, paper, address,"
                        + " brand_colour, payment_days, statement_prefix)"
                        + " values (?, ?, ?, 'LAW', ?, ?, ?, ?, 'A4', ?, '#1f4b5c', 30, 'T')",
                id,
                slug,
                "Firm " + slug,
                country,
                zone,
                currency,
                locale,
                "1 Test Street\nTestville");
        run(
                connection,
                "insert into code_policy (firm_id, id, scope, forced, verified, set_at, set_by)"
                        + " values (?, ?, 'FIRM', true, true, now(), 'Test')",
                id,
                id);
        run(connection, "insert into firm_directory (slug, firm_id) values (?, ?)", slug, id);
        run(connection, "insert into audit_head (firm_id, seq, hash) values (?, 0, ?)", id, new byte[32]);
        run(
                connection,
                "insert into site (firm_id, id, name, country, zone) values (?, ?, 'Main office', ?, ?)",
                id,
                site,
                country,
                zone);
        run(
                connection,
                "insert into person (firm_id, id, name, initials, title) values (?, ?, ?, 'TP', 'Partner')",
                id,
                person,
                professional.displayName());
        run(
                connection,
                "insert into extension (firm_id, site_id, number, person_id) values (?, ?, '101', ?)",
                id,
                site,
                person);
        run(
                connection,
                "insert into client (firm_id, id, name, contact, address, email, currency, created_at)"
                        + " values (?, ?, 'Barton Creek Builders LLC', 'Thomas', ?, ?, ?, now())",
                id,
                client,
                "2 Test Street\nTestville",
                clientUser.email(),
                currency);
        membership(connection, owner, Role.OWNER, null, null);
        membership(connection, clerk, Role.CLERK, null, null);
        membership(connection, professional, Role.PROFESSIONAL, person, null);
        membership(connection, clientUser, Role.CLIENT, null, client);
        connection.commit();
    }

    private void tenant(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select app_set_tenant(?)")) {
            statement.setObject(1, id);
            statement.execute();
        }
    }

    private void membership(Connection connection, Account account, Role role, UUID personId, UUID clientId)
            throws SQLException {
        run(
                connection,
                "insert into membership (firm_id, user_id, role, name, email, person_id, client_id)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                id,
                account.id(),
                role.name(),
                account.displayName(),
                account.email(),
                personId,
                clientId);
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
