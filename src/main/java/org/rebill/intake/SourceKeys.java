package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Machine;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;
import org.rebill.platform.Violation;

/**
 * Keys of sources: shown once when they are made, at most two valid at a time so that one can take over from the other,
 * good for pushing records to their source and for nothing else.
 */
@ApplicationScoped
public class SourceKeys {
    /** Keys of a source that are valid at a time. */
    public static final int MOST = 2;

    private static final Duration BETWEEN_NOTES_OF_USE = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    SourceKeys(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A new key.
     *
     * @param text the whole key; it can't be told again
     */
    public record Made(SourceKey key, String text) {}

    /** Makes a key. Refused (409) while two are valid. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Made make(UUID sourceId) {
        Source source = source(sourceId);
        List<Integer> taken = valid(sourceId).stream().map(SourceKey::place).toList();
        if (taken.size() >= MOST) {
            throw twoAlready();
        }
        KeyText text = KeyText.random(Tenant.current(), RANDOM);
        SourceKey key = new SourceKey(
                text.id(),
                sourceId,
                taken.contains(1) ? 2 : 1,
                text.hash(),
                now(),
                Caller.current().name());
        entities.persist(key);
        try {
            entities.flush();
        } catch (PersistenceException e) {
            // Another request took the place meanwhile.
            throw Violation.of(e).filter(Violation.UNIQUE::equals).isPresent() ? twoAlready() : e;
        }
        audit.note("key.made", "source", sourceId, null, Map.of("source", source.name(), "key", key.id()));
        return new Made(key, text.text());
    }

    private static RuntimeException twoAlready() {
        return new Refusal.Conflict(
                "", "key.two", "This source has two valid keys. Revoke the one that is not used any more first.");
    }

    /** A source's keys, valid ones first, then the newest. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<SourceKey> of(UUID sourceId) {
        source(sourceId);
        return entities.createQuery(
                        "from SourceKey where sourceId = :source "
                                + "order by case when revokedAt is null then 0 else 1 end, madeAt desc, id",
                        SourceKey.class)
                .setParameter("source", sourceId)
                .getResultList();
    }

    private List<SourceKey> valid(UUID sourceId) {
        return entities.createQuery("from SourceKey where sourceId = :source and revokedAt is null", SourceKey.class)
                .setParameter("source", sourceId)
                .getResultList();
    }

    /** Ends a key's use, at once and for good; one that was revoked before stays as it is. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public SourceKey revoke(UUID sourceId, String id) {
        Source source = source(sourceId);
        SourceKey key = id == null ? null : entities.find(SourceKey.class, id);
        if (key == null || !key.sourceId().equals(sourceId)) {
            throw new Refusal.NotFound("key");
        }
        if (key.isValid()) {
            key.revoke(now(), Caller.current().name());
            audit.note("key.revoked", "source", sourceId, Map.of("source", source.name(), "key", id), null);
        }
        return key;
    }

    /**
     * Who holds a key, in the firm that the key names; its use is noted. Takes the same time whether there is such a
     * key or not.
     */
    @Transactional
    Optional<Machine> use(KeyText text) {
        SourceKey key = entities.find(SourceKey.class, text.id());
        byte[] kept = key == null ? new byte[text.hash().length] : key.hash();
        if (!MessageDigest.isEqual(kept, text.hash()) || key == null || !key.isValid()) {
            return Optional.empty();
        }
        Instant now = now();
        entities.createQuery("update SourceKey set lastUsedAt = :now "
                        + "where id = :id and (lastUsedAt is null or lastUsedAt < :before)")
                .setParameter("now", now)
                .setParameter("id", key.id())
                .setParameter("before", now.minus(BETWEEN_NOTES_OF_USE))
                .executeUpdate();
        Source source = source(key.sourceId());
        return Optional.of(new Machine(text.firm(), source.id(), "Key " + key.id() + " of " + source.name()));
    }

    private Source source(UUID id) {
        Source source = id == null ? null : entities.find(Source.class, id);
        if (source == null) {
            throw new Refusal.NotFound("phone system");
        }
        return source;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
