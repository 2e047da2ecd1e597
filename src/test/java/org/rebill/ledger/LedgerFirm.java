package org.rebill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.rebill.agreement.Acceptance;
import org.rebill.agreement.AgreementVersion;
import org.rebill.agreement.Agreements;
import org.rebill.agreement.Clients;
import org.rebill.agreement.OfferDraft;
import org.rebill.audit.AuditLog;
import org.rebill.call.PlainCalls;
import org.rebill.code.Codes;
import org.rebill.firm.Person;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.CallFacts.TalkFacts;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Sql;
import org.rebill.rating.TermsDraft;

/** A firm with a client, an agreement of 250 USD in tenths, a code and people, and its calls: services on a database. */
final class LedgerFirm {
    static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
    static final UUID MARGARET = UUID.randomUUID();
    static final UUID KARIN = UUID.randomUUID();

    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOW);
    private final UUID firm;
    private final UUID client;

    LedgerFirm() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        BareDatabase.get().in(firm, connection -> Sql.on(connection)
                .query(
                        "select app_ensure_month(m::date) from generate_series(date '2026-09-01', date '2026-11-01', "
                                + "interval '1 month') m",
                        row -> 1));
        services.hear(this::hear);
        services.give(StoredCalls.class, PlainCalls.stored(services));
        client = in(() -> {
            services.get(AuditLog.class).open();
            services.get(jakarta.persistence.EntityManager.class)
                    .persist(new Person(MARGARET, "Margaret Hale", "MH", "Partner"));
            services.get(jakarta.persistence.EntityManager.class)
                    .persist(new Person(KARIN, "Karin Lindqvist", "KL", "Associate"));
            return client("Barton Creek Builders");
        });
        in(() -> agree(client, terms("250")));
        in(() -> code("1042", client));
    }

    BareServices services() {
        return services;
    }

    <T> T get(Class<T> type) {
        return services.get(type);
    }

    UUID firm() {
        return firm;
    }

    UUID client() {
        return client;
    }

    UUID client(String name) {
        return get(Clients.class)
                .create(new Clients.Draft(name, "Thomas Reyes", "3 Test Street", null, null))
                .id();
    }

    static TermsDraft terms(String rate) {
        return new TermsDraft(null, new BigDecimal(rate), null, 360, null, null, null, null, null, null, null);
    }

    /** Agrees with a client since September, signed in August. */
    AgreementVersion agree(UUID with, TermsDraft terms) {
        AgreementVersion version = get(Agreements.class)
                .open(with, null, new OfferDraft(terms, LocalDate.parse("2026-09-01"), null, null, List.of()));
        return get(Agreements.class)
                .accept(
                        version.agreementId(),
                        1,
                        new Acceptance(
                                Acceptance.How.SIGNED,
                                Instant.parse("2026-08-20T12:00:00Z"),
                                "Thomas Reyes",
                                null,
                                null));
    }

    Void code(String digits, UUID forClient) {
        get(Codes.class).create(new Codes.Draft(digits, null, false, forClient, null, null));
        return null;
    }

    <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    /** The call book hears what the ledger asks for, as in the container. */
    private void hear(Object event) {
        if (event instanceof Resettle asked) {
            PlainCalls.resettle(services, asked);
        } else if (event instanceof Billing billing) {
            PlainCalls.billed(services, billing);
        }
    }

    /** Stores and settles a call under a code that started at a moment, of one person. */
    UUID call(String code, UUID person, String start, int seconds) throws Exception {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse(start);
        CallFacts facts = new CallFacts(
                id,
                at,
                at,
                id,
                true,
                true,
                "+15125550144",
                code,
                List.of(new TalkFacts(person, "201", at.plusSeconds(5), seconds)));
        BareDatabase.get().in(firm, connection -> {
            PlainCalls.store(connection, firm, facts);
            return null;
        });
        in(() -> {
            PlainCalls.resettle(services, new Resettle(List.of(id)));
            return null;
        });
        return id;
    }

    /** One column of text from the firm's rows. */
    List<String> rows(String query, Object... values) throws Exception {
        return BareDatabase.get()
                .in(firm, connection -> Sql.on(connection).query(query, row -> row.getString(1), values));
    }

    /** Changes rows behind the services' back. */
    int update(String statement, Object... values) throws Exception {
        return BareDatabase.get().in(firm, connection -> Sql.on(connection).update(statement, values));
    }

    /** The amount of a call's first charge, or its reason. */
    String price(UUID call) throws Exception {
        return rows(
                        "select coalesce(amount::text, reason) from charge where firm_id = ? and call_id = ? "
                                + "order by no",
                        firm,
                        call)
                .get(0);
    }
}
