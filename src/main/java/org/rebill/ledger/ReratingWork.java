package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.ledger.ReratingItem.Side;
import org.rebill.ledger.ReratingRows.Standing;
import org.rebill.platform.Tenant;

/** The steps of a re-rating, a transaction each: what comes out otherwise is found piece by piece, then written so. */
@ApplicationScoped
class ReratingWork {
    /** Calls of a piece. */
    private static final int PIECE = 5_000;

    private final EntityManager entities;
    private final Ledger ledger;
    private final StoredCalls calls;
    private final Firms firms;
    private final AuditLog audit;
    private final Event<Resettle> resettle;
    private final Clock clock;

    @Inject
    ReratingWork(
            EntityManager entities,
            Ledger ledger,
            StoredCalls calls,
            Firms firms,
            AuditLog audit,
            Event<Resettle> resettle,
            Clock clock) {
        this.entities = entities;
        this.ledger = ledger;
        this.calls = calls;
        this.firms = firms;
        this.audit = audit;
        this.resettle = resettle;
        this.clock = clock;
    }

    /**
     * Does the next piece.
     *
     * @return whether more is left
     */
    @Transactional
    boolean next(UUID id) {
        Rerating rerating = entities.find(Rerating.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (rerating == null || !rerating.isWorking()) {
            return false;
        }
        return rerating.state() == Rerating.State.COMPUTING ? compute(rerating) : apply(rerating);
    }

    private boolean compute(Rerating rerating) {
        ZoneId zone = firms.current().profile().zoneId();
        List<CallFacts> piece = calls.facts(
                new StoredCalls.Scope(
                        rerating.fromDay().atStartOfDay(zone).toInstant(),
                        rerating.lastDay().plusDays(1).atStartOfDay(zone).toInstant(),
                        rerating.clientId(),
                        rerating.matterId(),
                        rerating.personId()),
                rerating.doneOpenedAt(),
                rerating.doneCallId(),
                PIECE);
        if (!piece.isEmpty()) {
            keep(rerating.id(), ledger.trial(piece));
            rerating.done(piece.get(piece.size() - 1), piece.size());
        }
        boolean more = piece.size() == PIECE;
        if (!more) {
            rerating.ready(clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
        return more;
    }

    private void keep(UUID rerating, List<PricedCall> priced) {
        Instant first = priced.get(0).call().openedAt();
        Instant last = priced.get(priced.size() - 1).call().openedAt();
        List<UUID> ids = priced.stream().map(call -> call.call().callId()).toList();
        entities.unwrap(Session.class).doWork(connection -> {
            ReratingRows rows = new ReratingRows(connection, Tenant.current());
            Map<UUID, Map<Integer, Standing>> standing = rows.standing(ids, first, last);
            List<ReratingItem> items = new ArrayList<>();
            for (PricedCall call : priced) {
                items.addAll(differences(call, standing.getOrDefault(call.call().callId(), Map.of())));
            }
            rows.keep(rerating, items);
        });
    }

    /** What of a call comes out otherwise. Of issued charges only what is money: the rest is history. */
    static List<ReratingItem> differences(PricedCall priced, Map<Integer, Standing> standing) {
        TreeSet<Integer> numbers = new TreeSet<>(standing.keySet());
        priced.talks().forEach(talk -> numbers.add(talk.no()));
        boolean issued = standing.values().stream().anyMatch(Standing::issued);
        List<ReratingItem> items = new ArrayList<>();
        for (int no : numbers) {
            Standing was = standing.get(no);
            PricedTalk talk = priced.talks().stream()
                    .filter(one -> one.no() == no)
                    .findFirst()
                    .orElse(null);
            Side before = was == null ? null : was.side();
            Side after = talk == null ? null : side(priced, talk);
            if (!(issued ? ReratingItem.sameMoney(before, after) : ReratingItem.same(before, after))) {
                items.add(new ReratingItem(
                        priced.call().openedAt(),
                        priced.call().callId(),
                        no,
                        priced.call().startedAt(),
                        talk == null ? was.personId() : talk.talk().personId(),
                        talk == null ? was.talkSeconds() : talk.talk().seconds(),
                        issued,
                        was == null ? null : was.statementId(),
                        before,
                        after));
            }
        }
        return items;
    }

    private static Side side(PricedCall call, PricedTalk talk) {
        boolean rated = talk.state() == ChargeState.RATED;
        return new Side(
                call.clientId(),
                talk.state(),
                talk.reason() == null ? "" : talk.reason().name(),
                talk.versionId(),
                rated ? talk.rated().billedSeconds() : null,
                talk.currency(),
                rated ? talk.rated().amount() : null);
    }

    private boolean apply(Rerating rerating) {
        List<ReratingRows.Key> piece =
                on(rows -> rows.toWrite(rerating.id(), rerating.doneOpenedAt(), rerating.doneCallId(), PIECE));
        if (!piece.isEmpty()) {
            resettle.fire(
                    new Resettle(piece.stream().map(ReratingRows.Key::callId).toList()));
            ReratingRows.Key last = piece.get(piece.size() - 1);
            rerating.applied(last.openedAt(), last.callId());
        }
        boolean more = piece.size() == PIECE;
        if (!more) {
            long otherwise = on(rows -> rows.otherwise(rerating.id()));
            rerating.finish(clock.instant().truncatedTo(ChronoUnit.MICROS), otherwise);
            audit.note(
                    "rerating.applied",
                    "rerating",
                    rerating.id(),
                    null,
                    Map.of("askedBy", rerating.appliedBy(), "otherwise", otherwise));
        }
        return more;
    }

    /** Reads differences. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(ReratingRows rows) throws SQLException;
    }

    private <T> T on(Reading<T> reading) {
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> reading.from(new ReratingRows(connection, Tenant.current())));
    }
}
