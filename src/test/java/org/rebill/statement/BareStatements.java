package org.rebill.statement;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.SourceRecords;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Sha256;
import org.rebill.platform.Sql;

/**
 * The services of statements on the real schema without the container: a firm with clients and priced calls of October
 * 2026, seen on November 25. Paper is not printed but for its number, unless a test puts the real one in.
 */
final class BareStatements {
    static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");
    static final Period OCTOBER = Period.of(YearMonth.of(2026, 10));

    private final BareServices services = new BareServices(NOW);
    private final UUID firm;
    private int calls;

    BareStatements() throws Exception {
        services.put(StatementPaper.class, new StatementPaper() {
            @Override
            public byte[] pdf(StatementDocument document) {
                // What does not add up is refused as by the real one.
                return new PaperText(document).name().getBytes(StandardCharsets.UTF_8);
            }
        });
        services.put(SourceRecords.class, new SourceRecords() {
            @Override
            public Map<UUID, List<byte[]>> hashes(Collection<UUID> callIds) {
                Map<UUID, List<byte[]>> hashes = new LinkedHashMap<>();
                callIds.forEach(call -> hashes.put(call, List.of(Sha256.of(call.toString()))));
                return hashes;
            }

            @Override
            public Map<UUID, List<SourceRecords.Excerpt>> excerpts(Collection<UUID> callIds) {
                Map<UUID, List<SourceRecords.Excerpt>> excerpts = new LinkedHashMap<>();
                callIds.forEach(call -> excerpts.put(
                        call,
                        List.of(
                                excerpt(call, "101", "915125550144", "1042"),
                                // Somebody else was asked meanwhile, and a code was dialled in error.
                                excerpt(call, "101", "915125550199", "2042"))));
                return excerpts;
            }

            private SourceRecords.Excerpt excerpt(UUID call, String from, String to, String code) {
                return new SourceRecords.Excerpt(
                        Instant.parse("2026-10-05T14:00:00Z"), from, to, 60, code, Sha256.of(call.toString()));
            }
        });
        firm = BareDatabase.get().newFirm().id();
        in(() -> {
            services.get(AuditLog.class).open();
            return null;
        });
        BareDatabase.get().in(firm, connection -> Sql.on(connection)
                .query("select app_ensure_month(date '2026-10-01')", row -> 1));
    }

    <T> T get(Class<T> type) {
        return services.get(type);
    }

    BareServices services() {
        return services;
    }

    UUID firm() {
        return firm;
    }

    /** As an owner, in a transaction. */
    <T> T in(Callable<T> work) throws Exception {
        return as(Role.OWNER, null, work);
    }

    /** In a role, for the client where it is a client's, in a transaction. */
    <T> T as(Role role, UUID client, Callable<T> work) throws Exception {
        return services.in(
                firm, new Caller(UUID.randomUUID(), role.label(), "203.0.113.9", Set.of(role), null, client), work);
    }

    UUID client(String name) throws Exception {
        return in(() -> services.get(Clients.class)
                .create(new Clients.Draft(name, "Ann", "3 Test Street", null, "USD"))
                .id());
    }

    /** Priced calls of the client at 250.00 an hour, of so many tenths of an hour each, one after the other. */
    List<UUID> calls(UUID client, int... tenths) throws Exception {
        return BareDatabase.get().in(firm, connection -> {
            java.util.ArrayList<UUID> made = new java.util.ArrayList<>();
            for (int each : tenths) {
                UUID call = UUID.randomUUID();
                Timestamp at =
                        Timestamp.from(Instant.parse("2026-10-05T14:00:00Z").plusSeconds(3_600L * calls++ % 2_000_000));
                BigDecimal quantity = BigDecimal.valueOf(each, 1);
                Sql.on(connection)
                        .update(
                                "insert into charge (firm_id, opened_at, call_id, no, extension, started_at, answered_at, "
                                        + "outbound, party, talk_seconds, code, client_id, agreement_version_id, state, "
                                        + "reason, billed_seconds, quantity, unit, unit_rate, currency, amount, "
                                        + "rule_version, explanation) values (?, ?, ?, 1, '101', ?, ?, true, "
                                        + "'+15125550144', ?, '1042', ?, ?, 'RATED', '', ?, ?, 'HOUR', 250, 'USD', ?, 1, "
                                        + "'{}')",
                                firm,
                                at,
                                call,
                                at,
                                at,
                                each * 360 - 7,
                                client,
                                UUID.randomUUID(),
                                each * 360,
                                quantity,
                                quantity.multiply(new BigDecimal("250")).setScale(2));
                made.add(call);
            }
            return made;
        });
    }

    /** The October draft of each client with open calls. */
    List<UUID> drafts() throws Exception {
        return in(() -> services.get(Statements.class).run(OCTOBER).drafted().stream()
                .map(Statements.Drafted::statementId)
                .toList());
    }

    /** Issues a new client's statement with lines of so many tenths of an hour. */
    Statement issued(String client, int... tenths) throws Exception {
        UUID id = client(client);
        calls(id, tenths);
        UUID draft = drafts().get(0);
        return in(() -> services.get(Issuing.class).issue(draft, null));
    }

    /** The same rules with some changed. */
    void rules(java.util.function.UnaryOperator<BillingRules> change) throws Exception {
        in(() -> {
            FirmBilling billing = services.get(FirmBilling.class);
            FirmBilling.Current now = billing.get();
            return billing.change(now.version(), change.apply(now.rules()));
        });
    }

    static BillingRules taxed(BillingRules rules, UUID rate, boolean perLine, boolean included) {
        return new BillingRules(
                rules.creditShared(),
                rules.creditPrefix(),
                rules.clerkIssues(),
                rules.approvalNeeded(),
                rate,
                perLine,
                included,
                rules.reminder1(),
                rules.reminder2(),
                rules.reminder3(),
                rules.printBalance(),
                rules.grouping(),
                rules.summaryOnly(),
                rules.annex());
    }

    static BillingRules printed(
            BillingRules rules, BillingRules.Grouping grouping, boolean summaryOnly, boolean balance, boolean annex) {
        return new BillingRules(
                rules.creditShared(),
                rules.creditPrefix(),
                rules.clerkIssues(),
                rules.approvalNeeded(),
                rules.taxRateId(),
                rules.taxPerLine(),
                rules.taxIncluded(),
                rules.reminder1(),
                rules.reminder2(),
                rules.reminder3(),
                balance,
                grouping,
                summaryOnly,
                annex);
    }

    static BillingRules office(BillingRules rules, boolean creditShared, boolean clerkIssues, boolean approvalNeeded) {
        return new BillingRules(
                creditShared,
                rules.creditPrefix(),
                clerkIssues,
                approvalNeeded,
                rules.taxRateId(),
                rules.taxPerLine(),
                rules.taxIncluded(),
                rules.reminder1(),
                rules.reminder2(),
                rules.reminder3(),
                rules.printBalance(),
                rules.grouping(),
                rules.summaryOnly(),
                rules.annex());
    }

    StatementLife life(UUID statement) throws Exception {
        return in(() -> services.get(Lives.class).of(statement));
    }
}
