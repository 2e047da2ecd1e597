package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.agreement.Client;
import org.rebill.agreement.Matter;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Person;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Jobs;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/**
 * Prices a period's calls anew by today's codes, policies and agreements (DOMAIN.md C5): in the background the
 * difference is computed, people look at it, and apply it or not. Calls on issued statements are never changed; what
 * they would cost today is the proposal of a credit note.
 */
@ApplicationScoped
public class Reratings {
    private static final int SHOWN = 50;
    private static final int MOST_YEARS = 10;

    private final EntityManager entities;
    private final Jobs jobs;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    Reratings(EntityManager entities, Jobs jobs, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What the differences of a client in one currency come to.
     *
     * @param statementId the issued statement they are on: then it is the proposal of a credit note; null for what can
     *     be applied
     * @param difference after less before; negative is for the client's good
     */
    public record Sum(
            UUID clientId,
            String currency,
            UUID statementId,
            long calls,
            BigDecimal before,
            BigDecimal after,
            BigDecimal difference) {}

    /**
     * How many calls have a difference.
     *
     * @param open those that are priced anew when it is applied
     * @param issued those that stay as they are
     */
    public record Found(long open, long issued) {}

    /** A re-rating with what it found so far. */
    public record Result(Rerating rerating, Found found, List<Sum> sums) {
        public Result {
            sums = List.copyOf(sums);
        }
    }

    /**
     * Asks for the difference of some calls.
     *
     * @return the re-rating's key
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public UUID ask(Rerating.Wanted wanted) {
        check(wanted);
        Rerating rerating =
                new Rerating(Ids.next(), wanted, now(), Caller.current().name());
        entities.persist(rerating);
        jobs.ask(ReratingJob.NAME, rerating.id());
        audit.note("rerating.asked", "rerating", rerating.id(), null, wanted);
        return rerating.id();
    }

    private void check(Rerating.Wanted wanted) {
        Problems problems = new Problems();
        if (wanted.from() == null) {
            problems.add("from", "from.missing", "Give the first day.");
        }
        if (wanted.to() == null) {
            problems.add("to", "to.missing", "Give the last day.");
        }
        problems.refuse();
        if (wanted.to().isBefore(wanted.from())) {
            problems.add("to", "period.order", "The last day is before the first. Turn them round.");
        } else if (wanted.from().plusYears(MOST_YEARS).isBefore(wanted.to())) {
            problems.add("to", "period.long", "Choose at most " + MOST_YEARS + " years.");
        }
        if (wanted.clientId() != null && entities.find(Client.class, wanted.clientId()) == null) {
            problems.add("clientId", "client.unknown", "Choose one of the firm's clients.");
        }
        Matter matter = wanted.matterId() == null ? null : entities.find(Matter.class, wanted.matterId());
        if (wanted.matterId() != null && (matter == null || !matter.clientId().equals(wanted.clientId()))) {
            problems.add("matterId", "matter.unknown", "Choose a matter of the client that you chose.");
        }
        if (wanted.personId() != null && entities.find(Person.class, wanted.personId()) == null) {
            problems.add("personId", "person.unknown", "Choose one of the firm's people.");
        }
        problems.refuse();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The last ones, newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Rerating> newest() {
        return entities.createQuery("from Rerating order by askedAt desc, id desc", Rerating.class)
                .setMaxResults(SHOWN)
                .getResultList();
    }

    /** One of them with what it found so far. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Result get(UUID id) {
        return result(found(id));
    }

    private Result result(Rerating rerating) {
        return on(rows -> new Result(rerating, rows.found(rerating.id()), rows.sums(rerating.id())));
    }

    private Rerating found(UUID id) {
        Rerating rerating = id == null ? null : entities.find(Rerating.class, id);
        if (rerating == null) {
            throw new Refusal.NotFound("re-rating");
        }
        return rerating;
    }

    /**
     * A piece of its differences, oldest call first.
     *
     * @param issued only those on issued statements, only the others, or null for all
     * @param clientId only those that are, or were, this client's; null for all
     * @param after the piece before's {@code next}, or null
     * @param limit 1 to 500
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Page<ReratingItem> items(UUID id, Boolean issued, UUID clientId, String after, int limit) {
        found(id);
        Mark mark = Mark.read(after);
        return Page.of(
                on(rows -> rows.items(id, issued, clientId, mark.openedAt(), mark.callId(), mark.no(), limit + 1)),
                limit,
                item -> item.openedAt() + "_" + item.callId() + "_" + item.no());
    }

    /** Where a list goes on. */
    private record Mark(Instant openedAt, UUID callId, int no) {
        static Mark read(String after) {
            if (after == null || after.isBlank()) {
                return new Mark(null, null, 0);
            }
            String[] parts = after.split("_", -1);
            try {
                return new Mark(Instant.parse(parts[0]), UUID.fromString(parts[1]), Integer.parseInt(parts[2]));
            } catch (DateTimeParseException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new Refusal.Invalid("after", "after.form", "Send the 'next' of the piece before.");
            }
        }
    }

    /**
     * Writes the difference, in the background. Again is harmless: what was applied stays applied. Refused (409) while
     * the difference is still being computed.
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void apply(UUID id) {
        found(id);
        Rerating rerating = entities.find(Rerating.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (rerating.state() == Rerating.State.COMPUTING) {
            throw new Refusal.Conflict(
                    "",
                    "rerating.computing",
                    "The difference is still being computed. Look at it first, then apply it.");
        }
        if (rerating.state() != Rerating.State.READY) {
            return;
        }
        Result result = result(rerating);
        rerating.apply(Caller.current().name());
        jobs.ask(ReratingJob.NAME, id);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("calls", result.found().open());
        shown.put(
                "differences",
                result.sums().stream().filter(sum -> sum.statementId() == null).toList());
        audit.note("rerating.apply-asked", "rerating", id, null, shown);
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
