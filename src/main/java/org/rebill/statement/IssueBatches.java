package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Memberships;
import org.rebill.identity.Role;
import org.rebill.identity.User;
import org.rebill.platform.Ids;
import org.rebill.platform.Jobs;
import org.rebill.platform.Refusal;

/**
 * Issues many drafts in the background, one after the other in the order of clients, each in a transaction of its own:
 * a kill in between leaves whole statements and goes on with the next.
 */
@ApplicationScoped
public class IssueBatches {
    private static final int MOST = 5000;

    private final EntityManager entities;
    private final Issuing issuing;
    private final Memberships memberships;
    private final Jobs jobs;
    private final Clock clock;

    @Inject
    IssueBatches(EntityManager entities, Issuing issuing, Memberships memberships, Jobs jobs, Clock clock) {
        this.entities = entities;
        this.issuing = issuing;
        this.memberships = memberships;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * How far a batch has come.
     *
     * @param refused what was not issued and why
     */
    public record Progress(UUID id, long wanted, long issued, List<Refused> refused) {
        public Progress {
            refused = List.copyOf(refused);
        }

        /** Nothing is left to do. */
        public boolean done() {
            return issued + refused.size() == wanted;
        }
    }

    /** A draft that was not issued. */
    public record Refused(UUID statementId, String problem) {}

    /**
     * Asks for drafts to be issued.
     *
     * @param ids 1 to 5,000 drafts
     * @return the batch's key
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public UUID ask(Collection<UUID> ids) {
        Set<UUID> wanted = new LinkedHashSet<>(ids);
        if (wanted.isEmpty() || wanted.size() > MOST || wanted.contains(null)) {
            throw new Refusal.Invalid(
                    "ids", "batch.size", "Choose the drafts to issue, 1 to " + MOST + " of them at once.");
        }
        List<UUID> drafts = entities.createQuery(
                        "select s.id from Statement s join Client c on c.id = s.clientId "
                                + "where s.id in (:ids) and s.state = :draft order by s.periodFrom, lower(c.name), s.id",
                        UUID.class)
                .setParameter("ids", wanted)
                .setParameter("draft", StatementState.DRAFT)
                .getResultList();
        if (drafts.size() < wanted.size()) {
            throw new Refusal.Conflict(
                    "ids",
                    "batch.drafts",
                    (wanted.size() - drafts.size()) + " of the " + wanted.size()
                            + " are no drafts any more. Look at the list again, then issue.");
        }
        Caller caller = Caller.current();
        UUID id = Ids.next();
        entities.persist(new IssueBatch(
                id, clock.instant().truncatedTo(ChronoUnit.MICROS), caller.name(), caller.userId(), caller.address()));
        int no = 0;
        for (UUID draft : drafts) {
            entities.persist(new IssueBatch.Item(id, ++no, draft));
        }
        jobs.ask(IssueBatchJob.NAME, id);
        return id;
    }

    /** How far it has come. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Progress progress(UUID id) {
        found(id);
        List<IssueBatch.Item> items = entities.createQuery(
                        "from IssueBatchItem where batchId = :batch order by no", IssueBatch.Item.class)
                .setParameter("batch", id)
                .getResultList();
        return new Progress(
                id,
                items.size(),
                items.stream()
                        .filter(item -> item.outcome() == IssueBatch.Outcome.ISSUED)
                        .count(),
                items.stream()
                        .filter(item -> item.outcome() == IssueBatch.Outcome.REFUSED)
                        .map(item -> new Refused(item.statementId(), item.problem()))
                        .toList());
    }

    private IssueBatch found(UUID id) {
        IssueBatch batch = id == null ? null : entities.find(IssueBatch.class, id);
        if (batch == null) {
            throw new Refusal.NotFound("batch");
        }
        return batch;
    }

    /** Who asked, with the roles of today; empty when the firm took them away meanwhile. */
    @Transactional
    Optional<Caller> asker(UUID id) {
        IssueBatch batch = found(id);
        if (batch.userId() == null) {
            return Optional.of(Caller.service(batch.askedBy()));
        }
        return memberships.caller(new User(batch.userId(), batch.askedBy(), "", List.of()), batch.address());
    }

    /** The next one that waits; empty when all is done. */
    @Transactional
    Optional<Integer> next(UUID id) {
        return entities.createQuery(
                        "select min(no) from IssueBatchItem where batchId = :batch and outcome = :waiting",
                        Integer.class)
                .setParameter("batch", id)
                .setParameter("waiting", IssueBatch.Outcome.WAITING)
                .getResultStream()
                .filter(no -> no != null)
                .findFirst();
    }

    /** Issues one, and notes it in the same transaction. */
    @Transactional
    void issue(UUID id, int no) {
        IssueBatch.Item item = locked(id, no);
        if (item.outcome() == IssueBatch.Outcome.WAITING) {
            issuing.issue(item.statementId(), null);
            item.issued();
        }
    }

    /** Notes why one was not issued. */
    @Transactional
    void refused(UUID id, int no, String problem) {
        locked(id, no).refused(problem);
    }

    private IssueBatch.Item locked(UUID id, int no) {
        return entities.find(IssueBatch.Item.class, new IssueBatch.ItemKey(id, no), LockModeType.PESSIMISTIC_WRITE);
    }
}
