package org.rebill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.rebill.platform.Refusal.Conflict;

/** Remembers for a week what a request with an {@code Idempotency-Key} was answered. */
@ApplicationScoped
class IdempotencyKeys {
    private static final Duration KEPT = Duration.ofDays(7);

    private final EntityManager entities;
    private final Clock clock;

    @Inject
    IdempotencyKeys(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** An earlier answer. */
    record Answer(int status, String location, String body) {}

    /**
     * Takes the key for the running transaction. A second request with the same key waits here until the first is
     * through.
     *
     * @return the answer that was given before; empty when this request is the first
     */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Answer> take(UUID user, String key, byte[] requestHash) {
        Instant now = clock.instant();
        entities.createNativeQuery("delete from idempotency_key where firm_id = :firm and at < :before")
                .setParameter("firm", Tenant.current())
                .setParameter("before", now.minus(KEPT))
                .executeUpdate();
        int taken = entities.createNativeQuery("insert into idempotency_key (firm_id, user_id, key, at, request_hash) "
                        + "values (:firm, :user, :key, :at, :hash) on conflict do nothing")
                .setParameter("firm", Tenant.current())
                .setParameter("user", user)
                .setParameter("key", key)
                .setParameter("at", now)
                .setParameter("hash", requestHash)
                .executeUpdate();
        if (taken == 1) {
            return Optional.empty();
        }
        Object[] row = (Object[]) entities.createNativeQuery("select request_hash, status, location, body "
                        + "from idempotency_key where firm_id = :firm and user_id = :user and key = :key")
                .setParameter("firm", Tenant.current())
                .setParameter("user", user)
                .setParameter("key", key)
                .getSingleResult();
        if (!Arrays.equals((byte[]) row[0], requestHash)) {
            throw new Conflict(
                    "Idempotency-Key",
                    "idempotency.reused",
                    "This Idempotency-Key was used for another request. Use a new key for each new request.");
        }
        return Optional.of(new Answer((Integer) row[1], (String) row[2], (String) row[3]));
    }

    /** Keeps the answer with the key. */
    @Transactional(Transactional.TxType.MANDATORY)
    void answered(UUID user, String key, Answer answer) {
        entities.createNativeQuery("update idempotency_key set status = :status, location = :location, body = :body "
                        + "where firm_id = :firm and user_id = :user and key = :key")
                .setParameter("status", answer.status())
                .setParameter("location", answer.location())
                .setParameter("body", answer.body())
                .setParameter("firm", Tenant.current())
                .setParameter("user", user)
                .setParameter("key", key)
                .executeUpdate();
    }
}
