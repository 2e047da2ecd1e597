package org.rebill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.hibernate.jdbc.ReturningWork;
import org.rebill.agreement.TermsChanged;
import org.rebill.audit.AuditLog;
import org.rebill.code.CodeChanged;
import org.rebill.code.CodesChanged;
import org.rebill.firm.Extension;
import org.rebill.firm.Firms;
import org.rebill.ledger.Billing;
import org.rebill.ledger.Ledger;
import org.rebill.ledger.Resettle;
import org.rebill.platform.Tenant;

/**
 * Keeps the calls: makes them of legs, whenever those come, and keeps them standing where their code and what was
 * agreed put them. For what people read and do, see {@link Calls} and {@link CallCodes}.
 */
@ApplicationScoped
public class CallBook {
    /** Calls that are settled at a time. */
    private static final int SET = 5_000;

    private final EntityManager entities;
    private final Ledger ledger;
    private final Firms firms;
    private final AuditLog audit;

    @Inject
    CallBook(EntityManager entities, Ledger ledger, Firms firms, AuditLog audit) {
        this.entities = entities;
        this.ledger = ledger;
        this.firms = firms;
        this.audit = audit;
    }

    /**
     * Takes legs in and puts the calls they belong to together, in the running transaction. Late legs join their
     * call; one that came before counts once, whatever file brings it. No other batch of the same source may be at
     * work: the caller holds the source's row.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public LegsTaken take(LegBatch batch) {
        Map<String, UUID> people = people(batch.siteId());
        LegBatch billed = asBilled(batch);
        return on(connection -> work(connection).take(billed, people));
    }

    /** A batch, to be billed as the firm bills calls that were passed on. */
    @Transactional(Transactional.TxType.MANDATORY)
    public LegBatch asBilled(LegBatch batch) {
        return batch.billing(firms.current().profile().transferBilling());
    }

    private Map<String, UUID> people(UUID siteId) {
        return firms.extensions().stream()
                .filter(extension -> extension.siteId().equals(siteId))
                .collect(Collectors.toMap(Extension::number, Extension::personId));
    }

    /** Work with a {@link Rereading}. */
    @FunctionalInterface
    public interface RereadWork<T> {
        T with(Rereading rereading) throws SQLException;
    }

    /**
     * Reads files of a source again, in the running transaction. No other batch of the source may be at work: the
     * caller holds the source's row.
     *
     * @param readingId noted with each version that is replaced
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public <T> T reread(UUID siteId, UUID readingId, RereadWork<T> work) {
        Map<String, UUID> people = people(siteId);
        entities.flush();
        return on(connection -> work.with(
                new Rereading(connection, Tenant.current(), readingId, ledger::settle, ledger::quote, people)));
    }

    /**
     * Compares calls of a source with each other, when a file with them is read: those that can't have happened at the
     * same time are marked (DOMAIN.md C22).
     *
     * @param first start of the earliest
     * @param last start of the latest
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void compare(UUID sourceId, Instant first, Instant last) {
        on(connection -> {
            new Overlaps(connection, Tenant.current()).mark(sourceId, first, last);
            return null;
        });
    }

    /**
     * Hours in which the source brought no call though other weeks have many then, from the last call before the first
     * up to the last.
     *
     * @param zone whose weeks count
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<MissingHours> missing(UUID sourceId, ZoneId zone, Instant first, Instant last) {
        return on(connection -> new FeedHours(connection, Tenant.current()).missing(sourceId, zone, first, last));
    }

    /** The code stands for something else now: its calls that are not issued are settled again. */
    @Transactional(Transactional.TxType.MANDATORY)
    void codeChanged(@Observes CodeChanged change) {
        settle((rows, after) -> rows.withCode(change.code(), after, SET));
    }

    /** Many codes stand for something else now: as {@link #codeChanged}. */
    @Transactional(Transactional.TxType.MANDATORY)
    void codesChanged(@Observes CodesChanged change) {
        String[] codes = change.codes().toArray(String[]::new);
        settle((rows, after) -> rows.withCodes(codes, after, SET));
    }

    /** Something else is agreed now: the client's calls that are not issued are settled again. */
    @Transactional(Transactional.TxType.MANDATORY)
    void termsChanged(@Observes TermsChanged change) {
        settle((rows, after) -> rows.ofClient(change.clientId(), after, SET));
    }

    /** Calls are to be settled again; issued ones stay as they are. */
    @Transactional(Transactional.TxType.MANDATORY)
    void resettle(@Observes Resettle asked) {
        entities.flush();
        audit.lock();
        on(connection -> {
            CallRows rows = new CallRows(connection, Tenant.current());
            for (List<UUID> set : sets(asked.callIds())) {
                work(connection).settle(rows.lock(set));
            }
            return null;
        });
    }

    /** Charges went onto a statement, or off it. */
    @Transactional(Transactional.TxType.MANDATORY)
    void billed(@Observes Billing billing) {
        on(connection -> {
            CallRows rows = new CallRows(connection, Tenant.current());
            switch (billing.standing()) {
                case ON_DRAFT -> rows.state(billing.callIds(), CallState.ON_DRAFT);
                case ISSUED -> rows.state(billing.callIds(), CallState.BILLED);
                case OPEN -> {
                    for (List<UUID> set : sets(billing.callIds())) {
                        work(connection).settle(rows.lock(set));
                    }
                }
            }
            return null;
        });
    }

    private static List<List<UUID>> sets(List<UUID> ids) {
        return IntStream.iterate(0, from -> from < ids.size(), from -> from + SET)
                .mapToObj(from -> ids.subList(from, Math.min(from + SET, ids.size())))
                .toList();
    }

    /** Reads the next keys of calls to settle. */
    @FunctionalInterface
    private interface Selection {
        List<CallKey> after(CallRows rows, CallKey last) throws SQLException;
    }

    private void settle(Selection selection) {
        entities.flush();
        audit.lock();
        on(connection -> {
            CallRows rows = new CallRows(connection, Tenant.current());
            List<CallKey> keys = selection.after(rows, null);
            while (!keys.isEmpty()) {
                work(connection).settle(rows.lock(keys.stream().map(CallKey::id).toList()));
                keys = selection.after(rows, keys.get(keys.size() - 1));
            }
            return null;
        });
    }

    /**
     * Changes calls that are locked meanwhile, and settles them.
     *
     * @param change gives the calls as they shall be; those it leaves out stay as they are
     * @return as they stand now
     */
    @Transactional(Transactional.TxType.MANDATORY)
    List<CallRow> change(Collection<UUID> ids, UnaryOperator<List<CallRow>> change) {
        entities.flush();
        audit.lock();
        return on(connection ->
                work(connection).settle(change.apply(new CallRows(connection, Tenant.current()).lock(ids))));
    }

    private CallWork work(Connection connection) {
        return new CallWork(connection, Tenant.current(), ledger::settle);
    }

    private <T> T on(ReturningWork<T> work) {
        return entities.unwrap(Session.class).doReturningWork(work);
    }
}
