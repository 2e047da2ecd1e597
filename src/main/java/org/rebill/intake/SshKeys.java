package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
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
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;
import org.rebill.platform.Violation;

/** Public keys of sources for SFTP. Each leads to one source of the firm. */
@ApplicationScoped
public class SshKeys {
    /** Keys of a source that are valid at a time. */
    public static final int MOST = 10;

    private static final Duration BETWEEN_NOTES_OF_USE = Duration.ofMinutes(1);

    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    SshKeys(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds a key.
     *
     * @param line as OpenSSH writes it: type, base 64, comment
     * @throws Refusal.Invalid when it is no such line
     * @throws Refusal.Conflict when the firm has the key already, or the source has {@value #MOST}
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public SshKey add(UUID sourceId, String line) {
        Source source = source(sourceId);
        SshKeyText text = SshKeyText.parse(line);
        long valid = entities.createQuery(
                        "select count(*) from SshKey where sourceId = :source and revokedAt is null", Long.class)
                .setParameter("source", sourceId)
                .getSingleResult();
        if (valid >= MOST) {
            throw new Refusal.Conflict(
                    "publicKey", "key.many", "This source has " + MOST + " public keys. Revoke one of them first.");
        }
        SshKey key =
                new SshKey(Ids.next(), sourceId, text, now(), Caller.current().name());
        entities.persist(key);
        try {
            entities.flush();
        } catch (PersistenceException e) {
            throw Violation.of(e).filter(Violation.UNIQUE::equals).isPresent() ? known() : e;
        }
        audit.note("sshkey.added", "source", sourceId, null, told(source, key));
        return key;
    }

    private static RuntimeException known() {
        return new Refusal.Conflict(
                "publicKey",
                "key.known",
                "This public key leads to one of the firm's sources already. Each source needs a key of its own.");
    }

    private static Map<String, Object> told(Source source, SshKey key) {
        return Map.of("source", source.name(), "type", key.type(), "fingerprint", key.fingerprint());
    }

    /** A source's public keys, valid ones first, then the newest. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<SshKey> of(UUID sourceId) {
        source(sourceId);
        return entities.createQuery(
                        "from SshKey where sourceId = :source "
                                + "order by case when revokedAt is null then 0 else 1 end, madeAt desc, id",
                        SshKey.class)
                .setParameter("source", sourceId)
                .getResultList();
    }

    /** Ends a key's use, at once and for good; one that was revoked before stays as it is. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public SshKey revoke(UUID sourceId, UUID id) {
        Source source = source(sourceId);
        SshKey key = id == null ? null : entities.find(SshKey.class, id);
        if (key == null || !key.sourceId().equals(sourceId)) {
            throw new Refusal.NotFound("key");
        }
        if (key.isValid()) {
            key.revoke(now(), Caller.current().name());
            audit.note("sshkey.revoked", "source", sourceId, told(source, key), null);
        }
        return key;
    }

    /** Whose key it is, in the current firm; its use is noted. */
    @Transactional
    Optional<Machine> use(UUID firm, String fingerprint) {
        Optional<SshKey> key = entities.createQuery(
                        "from SshKey where fingerprint = :fingerprint and revokedAt is null", SshKey.class)
                .setParameter("fingerprint", fingerprint)
                .getResultStream()
                .findFirst();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Instant now = now();
        entities.createQuery("update SshKey set lastUsedAt = :now "
                        + "where id = :id and (lastUsedAt is null or lastUsedAt < :before)")
                .setParameter("now", now)
                .setParameter("id", key.get().id())
                .setParameter("before", now.minus(BETWEEN_NOTES_OF_USE))
                .executeUpdate();
        Source source = source(key.get().sourceId());
        return Optional.of(new Machine(firm, source.id(), "Public key " + fingerprint + " of " + source.name()));
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
