package org.rebill.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.agreement.AgreementIndex;
import org.rebill.platform.Sql;
import org.rebill.rating.Rated;
import org.rebill.rating.RoundingScope;
import org.rebill.rating.Terms;

/**
 * What calls would cost whose time is rounded together with that of others: they are written, read, and taken back
 * again, in the running transaction. What of them is issued keeps its time, at the rate of today.
 */
final class PooledTrial {
    private final Connection connection;
    private final UUID firm;
    private final AgreementIndex agreements;
    private final ZoneId zone;

    PooledTrial(Connection connection, UUID firm, AgreementIndex agreements, ZoneId zone) {
        this.connection = connection;
        this.firm = firm;
        this.agreements = agreements;
        this.zone = zone;
    }

    private record Key(UUID callId, int no) {}

    private record Written(boolean issued, int billedSeconds, BigDecimal quantity, BigDecimal amount) {}

    /** The calls with what they would really come to. */
    List<PricedCall> of(List<PricedCall> priced) throws SQLException {
        boolean together =
                priced.stream().flatMap(call -> call.talks().stream()).anyMatch(this::together);
        if (!together) {
            return priced;
        }
        Sql sql = Sql.on(connection);
        sql.run("savepoint pooled_trial");
        List<CallFacts> calls = priced.stream().map(PricedCall::call).toList();
        Pools pools = new Pools(connection, firm, agreements, zone);
        var touched = pools.of(calls);
        new ChargeWriter(connection, firm).write(priced);
        touched.addAll(pools.of(calls));
        pools.spread(touched);
        Map<Key, Written> written = written(sql, calls);
        sql.run("rollback to savepoint pooled_trial");
        return priced.stream().map(call -> with(call, written)).toList();
    }

    private boolean together(PricedTalk talk) {
        return talk.versionId() != null
                && agreements.terms(talk.versionId()).map(Terms::scope).orElse(RoundingScope.PER_CALL)
                        != RoundingScope.PER_CALL;
    }

    private Map<Key, Written> written(Sql sql, List<CallFacts> calls) throws SQLException {
        Map<Key, Written> found = new HashMap<>();
        Instant first =
                calls.stream().map(CallFacts::openedAt).min(Instant::compareTo).orElseThrow();
        Instant last =
                calls.stream().map(CallFacts::openedAt).max(Instant::compareTo).orElseThrow();
        sql.query(
                "select call_id, no, issued, billed_seconds, quantity, amount from charge where firm_id = ? "
                        + "and opened_at between ? and ? and call_id = any (?) and state = 'RATED'",
                row -> found.put(
                        new Key(Sql.uuid(row, "call_id"), row.getInt("no")),
                        new Written(
                                row.getBoolean("issued"),
                                row.getInt("billed_seconds"),
                                row.getBigDecimal("quantity"),
                                row.getBigDecimal("amount"))),
                firm,
                first,
                last,
                calls.stream().map(CallFacts::callId).toArray(UUID[]::new));
        return found;
    }

    private PricedCall with(PricedCall call, Map<Key, Written> written) {
        return new PricedCall(
                call.call(),
                call.state(),
                call.reason(),
                call.clientId(),
                call.matterId(),
                call.talks().stream()
                        .map(talk -> {
                            Written real = together(talk)
                                    ? written.get(new Key(call.call().callId(), talk.no()))
                                    : null;
                            return real == null ? talk : with(talk, real);
                        })
                        .toList());
    }

    private PricedTalk with(PricedTalk talk, Written real) {
        Rated rated = talk.rated();
        BigDecimal amount = real.issued()
                ? real.quantity()
                        .multiply(rated.unitRate())
                        .setScale(
                                rated.amount().scale(),
                                agreements.terms(talk.versionId()).orElseThrow().money())
                : real.amount();
        return new PricedTalk(
                talk.no(),
                talk.talk(),
                talk.state(),
                talk.reason(),
                talk.versionId(),
                talk.currency(),
                new Rated(
                        real.billedSeconds(),
                        real.quantity(),
                        rated.unit(),
                        rated.unitRate(),
                        amount,
                        rated.ruleVersion(),
                        rated.explanation()));
    }
}
