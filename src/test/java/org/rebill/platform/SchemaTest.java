package org.rebill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Walks the catalogue of the real schema: a table that forgets its firm fails here, whoever adds it. The same rules
 * make the schema distributable by firm (DESIGN.md section 4).
 */
class SchemaTest {
    /** What belongs to no firm, by name: nothing else may go without {@code firm_id}. */
    private static final Set<String> REFERENCE = Set.of("firm_directory", "scheduled_tasks", "flyway_schema_history");

    /** All tables but partitions, which carry no rights of their own (last test). */
    private static final String FIRM_TABLES =
            "select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace "
                    + "and c.relkind in ('r', 'p') and not c.relispartition "
                    + "and c.relname not in ('firm_directory', 'scheduled_tasks', 'flyway_schema_history')";

    private Connection owner;

    @BeforeEach
    void connect() throws Exception {
        BareDatabase database = BareDatabase.get();
        BareDatabase.NewFirm firm = database.newFirm();
        database.in(firm.id(), connection -> Sql.on(connection)
                .query("select app_ensure_month(date '2026-09-01')", row -> 1));
        owner = database.connectAsOwner();
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    @Test
    void namesOfReferenceTablesAreThoseOfThisList() throws SQLException {
        assertThat(names("select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace "
                        + "and c.relkind in ('r', 'p') and not c.relispartition "
                        + "and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'firm_id' "
                        + "and a.attnotnull) or c.relname = 'firm_directory'"))
                .isEqualTo(new TreeSet<>(REFERENCE));
    }

    @Test
    void everyPrimaryKeyBeginsWithTheFirm() throws SQLException {
        assertThat(names("select t.relname from (" + FIRM_TABLES + ") t where not exists ("
                        + "select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] "
                        + "where i.indrelid = t.oid and i.indisprimary and a.attname = 'firm_id')"))
                .as("tables without a primary key that begins with firm_id")
                .isEmpty();
    }

    @Test
    void everyUniqueOrExclusionConstraintBeginsWithTheFirm() throws SQLException {
        assertThat(names("select t.relname || '.' || x.relname from (" + FIRM_TABLES
                        + ") t join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid "
                        + "left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] "
                        + "where (i.indisunique or i.indisexclusion) and a.attname is distinct from 'firm_id'"))
                .as("unique indexes over all firms: they would tell one firm what another has")
                .isEmpty();
    }

    @Test
    void everyForeignKeyStaysInsideTheFirm() throws SQLException {
        assertThat(names("select t.relname || '.' || k.conname from (" + FIRM_TABLES
                        + ") t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' "
                        + "join pg_attribute here on here.attrelid = k.conrelid and here.attnum = k.conkey[1] "
                        + "join pg_attribute there on there.attrelid = k.confrelid and there.attnum = k.confkey[1] "
                        + "where here.attname <> 'firm_id' or there.attname <> 'firm_id'"))
                .as("foreign keys that could point into another firm")
                .isEmpty();
    }

    @Test
    void rowLevelSecurityIsForcedWithAPolicyOnEveryTable() throws SQLException {
        assertThat(names("select t.relname from (" + FIRM_TABLES + ") t join pg_class c on c.oid = t.oid "
                        + "where not c.relrowsecurity or not c.relforcerowsecurity or not exists ("
                        + "select from pg_policy p where p.polrelid = t.oid and p.polqual is not null "
                        + "and p.polwithcheck is not null)"))
                .as("tables that nothing but the application keeps apart")
                .isEmpty();
    }

    @Test
    void viewsAreSeenWithTheRightsOfWhoeverAsks() throws SQLException {
        assertThat(names("select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace "
                        + "and c.relkind in ('v', 'm') "
                        + "and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']"))
                .as("views that show what their owner sees, not what the policy leaves")
                .isEmpty();
        assertThat(names("select c.relname from pg_class c where c.relname = 'person_client' and c.relkind = 'v'"))
                .as("the walk sees views")
                .isNotEmpty();
    }

    @Test
    void withoutAFirmTheApplicationSeesNothingAndCanWriteNothing() throws Exception {
        List<String> read = new ArrayList<>();
        int tables = 0;
        try (Connection application = BareDatabase.get().connect()) {
            for (String table : names("select t.relname from (" + FIRM_TABLES + ") t")) {
                tables++;
                if (count(application, table) > 0) {
                    read.add(table);
                }
            }
        }

        assertThat(tables).as("tables walked").isGreaterThan(15);
        assertThat(count(owner, "firm_directory"))
                .as("the walk reaches the database")
                .isNotNegative();
        assertThat(read).as("tables readable by the application without a firm").isEmpty();
    }

    @Test
    void theSameTableHasRowsOnceItsFirmIsNamed() throws Exception {
        BareDatabase.NewFirm firm = BareDatabase.get().newFirm();

        long sites = BareDatabase.get().in(firm.id(), connection -> count(connection, "site"));

        assertThat(sites).isEqualTo(1);
    }

    @Test
    void theApplicationsRoleOwnsNothingAndCanPassNothing() throws SQLException {
        assertThat(names("select c.relname from pg_class c join pg_roles r on r.oid = c.relowner "
                        + "where r.rolname = 'rebill_app'"))
                .isEmpty();
        assertThat(names("select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner "
                        + "where r.rolname = 'rebill_app'"))
                .isEmpty();
        assertThat(names("select r.rolname from pg_roles r where r.rolname = 'rebill_app' "
                        + "and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)"))
                .isEmpty();
        assertThat(names("select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid "
                        + "join pg_roles r on r.oid = m.member where r.rolname = 'rebill_app'"))
                .isEmpty();
    }

    @Test
    void theApplicationCanNeitherChangeNorRemoveWhatIsEvidence() throws SQLException {
        assertThat(names("select table_name || ' ' || privilege_type from information_schema.role_table_grants "
                        + "where grantee = 'rebill_app' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') "
                        + "and table_name in ('audit_entry', 'intake_chunk', 'intake_record', 'leg', 'code_event', "
                        + "'agreement', 'agreement_rate', 'statement_pdf')"))
                .isEmpty();
    }

    @Test
    void nothingIsGrantedOnPartitions() throws SQLException {
        Set<String> partitions = names("select c.relname from pg_class c where c.relispartition and c.relkind = 'r'");

        assertThat(partitions).isNotEmpty();
        assertThat(names("select c.relname from pg_class c where c.relispartition and c.relkind = 'r' "
                        + "and (has_table_privilege('rebill_app', c.oid, 'select, insert, update, delete') "
                        + "or not c.relrowsecurity or not c.relforcerowsecurity)"))
                .isEmpty();
    }

    private Set<String> names(String query) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (PreparedStatement statement = owner.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select count(*) from " + table);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
