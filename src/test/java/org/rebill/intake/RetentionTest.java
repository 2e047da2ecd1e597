package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sha256;
import org.rebill.platform.Sql;

/** What the database lets be erased, and what it keeps; the application's role has no other way. */
class RetentionTest {
    private static final String RECORD = "\"1042\",\"101\",\"15125550143\"";

    private final BareDatabase database = BareDatabase.get();
    private NewFirm firm;
    private NewFile file;
    private UUID call;

    @BeforeEach
    void anOldFile() throws Exception {
        firm = database.newFirm();
        file = database.newFile(firm, UUID.randomUUID());
        call = UUID.randomUUID();
        run("update intake_file set state = 'DONE', received_at = now() - interval '3 years', "
                + "first_at = now() - interval '3 years', last_at = now() - interval '3 years'");
        database.in(firm.id(), connection -> {
            Sql sql = Sql.on(connection);
            sql.query("select app_ensure_month((now() - interval '3 years')::date)", row -> 1);
            sql.update(
                    "insert into intake_chunk (firm_id, file_id, no, bytes) values (?, ?, 0, ?)",
                    firm.id(),
                    file.file(),
                    (RECORD + "\r\n").getBytes(StandardCharsets.UTF_8));
            sql.update(
                    "insert into leg (firm_id, started_at, id, source_id, file_id, record_no, line_no, byte_offset, "
                            + "byte_length, content_hash, call_id, ended_at, disposition, caller, called, from_side, "
                            + "to_side, application, application_data, duration_seconds, talk_seconds, code, sequence) "
                            + "select firm_id, first_at, ?, source_id, id, 1, 1, 0, ?, ?, ?, first_at, 'ANSWERED', '', '', "
                            + "'', '', '', '', 0, 0, '', 0 from intake_file",
                    UUID.randomUUID(),
                    RECORD.length() + 2,
                    UUID.randomUUID(),
                    call);
            return sql.update(
                    "insert into call (firm_id, opened_at, id, source_id, file_id, started_at, ended_at, direction, party, "
                            + "extension, talk_seconds, talks, emergency, leg_count, pbx_code, code, code_origin, state, "
                            + "flags) select firm_id, first_at, ?, source_id, id, first_at, first_at, 'OUT', '', '', 0, "
                            + "'[]', false, 1, '', '', 'NONE', 'NO_ANSWER', '' from intake_file",
                    call);
        });
    }

    private void run(String statement) throws Exception {
        database.in(firm.id(), connection -> Sql.on(connection).update(statement));
    }

    private boolean erasable(int years) throws Exception {
        return database.in(firm.id(), connection -> Sql.on(connection)
                        .query(
                                "select app_is_erasable(?, now() - make_interval(years => ?))",
                                row -> row.getBoolean(1),
                                file.file(),
                                years))
                .get(0);
    }

    private int erase(Connection connection, int ruled, int certified) throws SQLException {
        Sql sql = Sql.on(connection);
        UUID certificate = UUID.randomUUID();
        sql.update(
                "insert into intake_retention (firm_id, years, set_at, set_by) values (?, ?, now(), 'owner')",
                firm.id(),
                ruled);
        sql.update(
                "insert into erase_certificate (firm_id, id, erased_at, years, files, bytes, document, sha256) "
                        + "values (?, ?, now(), ?, 1, 1, '{}', sha256('{}'))",
                firm.id(),
                certificate,
                certified);
        return sql.query("select app_erase_file(?, ?, ?)", row -> 1, certificate, file.file(), IntakeChunk.SIZE)
                .size();
    }

    @Test
    void bytesGoAndTheHashOfEachRecordStays() throws Exception {
        database.in(firm.id(), connection -> erase(connection, 2, 2));

        assertThat(one("select count(*) from intake_chunk")).isEqualTo("0");
        assertThat(one("select count(*) from leg")).isEqualTo("1");
        assertThat(one("select encode(sha256, 'hex') from erased_record"))
                .isEqualTo(HexFormat.of().formatHex(Sha256.of(RECORD.getBytes(StandardCharsets.UTF_8))));
        assertThat(one("select count(*) from intake_file where certificate_id is not null"))
                .isEqualTo("1");
        assertThat(erasable(2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER, true",
        "INTERNAL, true",
        "HOUSE, true",
        "NO_CODE, false",
        "NOT_AGREED, false",
        "RATED, false",
        "ON_DRAFT, false"
    })
    void callsThatAreStillToBeBilledKeepTheirBytes(String state, boolean erasable) throws Exception {
        run("update call set state = '" + state + "'");
        assertThat(erasable(2)).isEqualTo(erasable);
    }

    @ParameterizedTest
    @CsvSource({"30, true", "20, false"})
    void aYoungerStatementKeepsTheBytesOfItsCalls(int monthsAgo, boolean erasable) throws Exception {
        UUID client = UUID.randomUUID();
        UUID statement = UUID.randomUUID();
        try (Connection owner = database.connectAsSuperuser()) {
            owner.setAutoCommit(false);
            Sql sql = Sql.on(owner);
            // Only what is asked for is needed here, not a whole issued statement.
            sql.run("set local session_replication_role = replica");
            sql.update(
                    "insert into statement (firm_id, id, client_id, period_from, period_to, currency, state, drafted_at, "
                            + "number, issued_at, issued_by, issued_on, due_on, calls, talk_seconds, hours, total, "
                            + "document_sha256, pdf_sha256) values (?, ?, ?, '2020-01-01', '2020-02-01', 'USD', 'ISSUED', now(), "
                            + "'1', now() - make_interval(months => ?), 'x', now(), now(), 1, 1, 1, 1, '\\x00', '\\x00')",
                    firm.id(),
                    statement,
                    client,
                    monthsAgo);
            sql.update(
                    "insert into charge (firm_id, opened_at, call_id, no, extension, started_at, answered_at, outbound, "
                            + "party, talk_seconds, code, client_id, agreement_version_id, state, reason, billed_seconds, "
                            + "quantity, unit, unit_rate, currency, amount, rule_version, explanation, statement_id, issued) "
                            + "select firm_id, opened_at, id, 1, '', started_at, started_at, true, '', 1, '', ?, ?, 'RATED', "
                            + "'', 1, 1, 'HOUR', 1, 'USD', 1, 1, '{}', ?, true from call where firm_id = ?",
                    client,
                    UUID.randomUUID(),
                    statement,
                    firm.id());
            owner.commit();
        }
        run("update call set state = 'BILLED'");
        assertThat(erasable(2)).isEqualTo(erasable);
    }

    @Test
    void youngFilesAndQuarantineStay() throws Exception {
        assertThat(erasable(2)).isTrue();
        assertThat(erasable(4)).isFalse();
        run("update intake_file set records = 1, quarantined = 1");
        assertThat(erasable(2)).isFalse();
    }

    @Test
    void anArchiveStaysUntilItsFilesAreErased() throws Exception {
        NewFile archive = database.newFile(firm, file.source());
        run("update intake_file set state = 'UNPACKED', received_at = now() - interval '3 years' where id = '"
                + archive.file() + "'");
        run("insert into archive_member (firm_id, archive_id, no, name, file_id) values ('" + firm.id() + "', '"
                + archive.file() + "', 1, 'x', '" + file.file() + "')");
        NewFile member = file;
        file = archive;
        assertThat(erasable(2)).isFalse();
        file = member;
        database.in(firm.id(), connection -> erase(connection, 2, 2));
        file = archive;
        assertThat(erasable(2)).isTrue();
    }

    @Test
    void nothingGoesButByTheRule() {
        assertThatThrownBy(() -> database.in(firm.id(), connection -> erase(connection, 5, 2)))
                .hasMessageContaining("may not be erased");
        assertThatThrownBy(() -> database.in(firm.id(), connection -> erase(connection, 4, 4)))
                .hasMessageContaining("may not be erased");
        assertThatThrownBy(() -> run("delete from intake_chunk")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> run("delete from erase_certificate")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> run("insert into erased_record select firm_id, id, 0, sha256 from intake_file"))
                .hasMessageContaining("permission denied");
    }

    private String one(String query) throws Exception {
        return database.in(firm.id(), connection -> Sql.on(connection).query(query, row -> row.getString(1)))
                .get(0);
    }
}
