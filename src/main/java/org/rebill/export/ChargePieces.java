package org.rebill.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.Charge;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Reads charges piece by piece, oldest first. */
@ApplicationScoped
class ChargePieces {
    private static final int PIECE = 1000;
    /** For queries that shall not name a bound: earlier and later than any call. */
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2999-12-31T00:00:00Z");

    private final EntityManager entities;

    @Inject
    ChargePieces(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Which charges.
     *
     * @param before half-open
     * @param clientId null for all
     * @param personId null for all
     */
    record Choice(Instant from, Instant before, UUID clientId, UUID personId) {
        static Choice ofCaller(LocalDate from, LocalDate to, UUID client, ZoneId zone) {
            Caller caller = Caller.current();
            if (!caller.seesAllCalls() && caller.personId() == null) {
                throw new Refusal.Forbidden("Nobody of the firm is named for you: ask the owner to do so.");
            }
            return new Choice(
                    from == null ? FIRST : from.atStartOfDay(zone).toInstant(),
                    to == null ? LAST : to.plusDays(1).atStartOfDay(zone).toInstant(),
                    client,
                    caller.seesAllCalls() ? null : caller.personId());
        }
    }

    /**
     * A piece.
     *
     * @param last where the piece before ended, or null
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    Page<Charge> after(Choice choice, String last) {
        String[] mark = last == null ? null : last.split("~", 3);
        TypedQuery<Charge> query = entities.createQuery(
                        "from Charge c where c.startedAt >= :from and c.startedAt < :before"
                                + (choice.clientId() == null ? "" : " and c.clientId = :client")
                                + (choice.personId() == null ? "" : " and c.personId = :person")
                                + (mark == null
                                        ? ""
                                        : " and (c.startedAt > :at or c.startedAt = :at and (c.callId > :call "
                                                + "or c.callId = :call and c.no > :no))")
                                + " order by c.startedAt, c.callId, c.no",
                        Charge.class)
                .setParameter("from", choice.from())
                .setParameter("before", choice.before());
        if (choice.clientId() != null) {
            query.setParameter("client", choice.clientId());
        }
        if (choice.personId() != null) {
            query.setParameter("person", choice.personId());
        }
        if (mark != null) {
            query.setParameter("at", Instant.parse(mark[0]))
                    .setParameter("call", UUID.fromString(mark[1]))
                    .setParameter("no", Integer.valueOf(mark[2]));
        }
        List<Charge> read = query.setMaxResults(PIECE + 1).getResultList();
        return Page.of(read, PIECE, charge -> charge.startedAt() + "~" + charge.callId() + "~" + charge.no());
    }
}
