package org.rebill.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Sql;

/** The chain of acts: what was tampered with is found, on whichever piece of a long chain it lies. */
class AuditLogTest {
    /** One more than is read at once. */
    private static final int ACTS = 1001;

    private static final Caller OWNER =
            new Caller(UUID.randomUUID(), "Margaret Hale", "203.0.113.9", Set.of(Role.OWNER), null, null);

    private final BareServices services = new BareServices(Instant.parse("2026-11-25T18:00:00Z"));
    private final AuditLog log = services.get(AuditLog.class);
    private UUID firm;

    @BeforeEach
    void aLongChain() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        services.in(firm, OWNER, () -> {
            log.open();
            for (int act = 1; act <= ACTS; act++) {
                log.note("client.created", "client", UUID.randomUUID(), null, Map.of("name", "Client " + act));
            }
            return null;
        });
    }

    @Test
    void anUntouchedChainHolds() throws Exception {
        assertThat(firstBreak()).isEmpty();
        assertThat(services.in(firm, OWNER, () -> log.newest(Long.MAX_VALUE, 1)))
                .singleElement()
                .satisfies(newest -> assertThat(newest.seq()).isEqualTo(ACTS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    update audit_entry set entry = replace(entry, 'Client 7"', 'Client 8"') where firm_id = ? | Entry 7 was changed.
                    update audit_entry set entry = concat(entry, ' ') where firm_id = ? and seq = 1001         | Entry 1001 was changed.
                    delete from audit_entry where firm_id = ? and seq = 1000                                  | Entry 1000 is missing.
                    delete from audit_entry where firm_id = ? and seq > 1000                                  | Entries after 1000 are missing.
                    update audit_head set seq = 1000 where firm_id = ?                                        | The end of the chain was changed.
                    """)
    void whatWasTamperedWithIsFound(String tampering, String found) throws Exception {
        try (Connection connection = BareDatabase.get().connectAsSuperuser()) {
            assertThat(Sql.on(connection).update(tampering, firm)).isPositive();
        }

        assertThat(firstBreak()).isEqualTo(found);
    }

    @Test
    void anEntryPastTheEndIsFound() throws Exception {
        try (Connection connection = BareDatabase.get().connectAsSuperuser()) {
            Sql.on(connection)
                    .update(
                            "insert into audit_entry (firm_id, seq, at, actor, action, subject, entry, previous_hash, "
                                    + "hash) select firm_id, seq + 1, at, actor, action, subject, entry, previous_hash, "
                                    + "hash from audit_entry where firm_id = ? and seq = 1001",
                            firm);
        }

        assertThat(firstBreak()).isEqualTo("Entry 1002 was not noted by the service.");
    }

    private String firstBreak() throws Exception {
        return services.in(firm, OWNER, () -> log.firstBreak().orElse(""));
    }
}
