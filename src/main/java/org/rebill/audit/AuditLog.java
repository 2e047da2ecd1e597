package org.rebill.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Json;
import org.rebill.platform.Tenant;

/** Keeps the firm's chain of acts, in the same transaction as the act itself. */
@ApplicationScoped
public class AuditLog {
    /** Entries that are read at once when the chain is recomputed: however long it is, no more are in memory. */
    private static final int PIECE = 1000;

    private final EntityManager entities;
    private final Clock clock;

    @Inject
    AuditLog(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Starts the chain of a new firm. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void open() {
        entities.createNativeQuery("insert into audit_head (firm_id, seq, hash) values (:firm, 0, :hash)")
                .setParameter("firm", Tenant.current())
                .setParameter("hash", new byte[32])
                .executeUpdate();
    }

    /**
     * Waits for the firm's other acts to end. Acts that lock many rows (calls, charges) begin with it, so that two of
     * them go one after the other instead of waiting for each other in a circle.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void lock() {
        entities.createNativeQuery("select seq from audit_head where firm_id = :firm for update")
                .setParameter("firm", Tenant.current())
                .getSingleResult();
    }

    /**
     * Notes an act of the current caller. Entries of one firm are written one after the other: the chain's head is
     * locked until the act's transaction ends.
     *
     * @param action verb in the past, dotted, such as {@code client.created}
     * @param kind kind of the subject, such as {@code client}
     * @param id the subject's key
     * @param before what it was, or null
     * @param after what it is now, or null
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void note(String action, String kind, UUID id, Object before, Object after) {
        // What Hibernate still holds back must be refused by the database before the act is noted.
        entities.flush();
        Caller caller = Caller.current();
        Object[] head = (Object[])
                entities.createNativeQuery("select seq, hash from audit_head where firm_id = :firm for update")
                        .setParameter("firm", Tenant.current())
                        .getSingleResult();
        long seq = ((Number) head[0]).longValue() + 1;
        byte[] previous = (byte[]) head[1];
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String subject = kind + "/" + id;
        String entry = canonical(seq, at, caller, action, subject, before, after);
        byte[] hash = hash(previous, entry);
        entities.persist(new AuditEntry(seq, at, caller.name(), action, subject, entry, previous, hash));
        entities.createNativeQuery("update audit_head set seq = :seq, hash = :hash where firm_id = :firm")
                .setParameter("seq", seq)
                .setParameter("hash", hash)
                .setParameter("firm", Tenant.current())
                .executeUpdate();
    }

    private static String canonical(
            long seq, Instant at, Caller caller, String action, String subject, Object before, Object after) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("seq", seq);
        fields.put("at", at);
        fields.put("by", caller.name());
        if (caller.userId() != null) {
            fields.put("user", caller.userId());
        }
        if (!caller.address().isEmpty()) {
            fields.put("from", caller.address());
        }
        fields.put("action", action);
        fields.put("subject", subject);
        if (before != null) {
            fields.put("before", before);
        }
        if (after != null) {
            fields.put("after", after);
        }
        return Json.write(fields);
    }

    /** Acts, newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<AuditEntry> newest(long beforeSeq, int limit) {
        return entities.createQuery("from AuditEntry where seq < :before order by seq desc", AuditEntry.class)
                .setParameter("before", beforeSeq)
                .setMaxResults(limit)
                .getResultList();
    }

    /** What happened to one thing, oldest first. */
    @Transactional
    public List<AuditEntry> of(String kind, UUID id) {
        return entities.createQuery("from AuditEntry where subject = :subject order by seq", AuditEntry.class)
                .setParameter("subject", kind + "/" + id)
                .getResultList();
    }

    /**
     * Recomputes the firm's whole chain as it is now, in pieces. Empty when it holds; else what is wrong at the first
     * broken entry.
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Optional<String> firstBreak() {
        // In one statement: acts that are noted meanwhile move both on.
        Object[] head = (Object[]) entities.createNativeQuery(
                        "select seq, hash, (select coalesce(max(e.seq), 0) from audit_entry e where e.firm_id = :firm) "
                                + "from audit_head where firm_id = :firm")
                .setParameter("firm", Tenant.current())
                .getSingleResult();
        long last = ((Number) head[0]).longValue();
        byte[] previous = new byte[32];
        long checked = 0;
        for (List<AuditEntry> piece = piece(checked, last); !piece.isEmpty(); piece = piece(checked, last)) {
            for (AuditEntry entry : piece) {
                if (entry.seq() != checked + 1) {
                    return Optional.of("Entry " + (checked + 1) + " is missing.");
                }
                if (!MessageDigest.isEqual(previous, entry.previousHash())
                        || !MessageDigest.isEqual(hash(previous, entry.entry()), entry.hash())) {
                    return Optional.of("Entry " + entry.seq() + " was changed.");
                }
                previous = entry.hash();
                checked = entry.seq();
                entities.detach(entry);
            }
        }
        if (checked != last) {
            return Optional.of("Entries after " + checked + " are missing.");
        }
        if (!MessageDigest.isEqual(previous, (byte[]) head[1])) {
            return Optional.of("The end of the chain was changed.");
        }
        return ((Number) head[2]).longValue() > last
                ? Optional.of("Entry " + (last + 1) + " was not noted by the service.")
                : Optional.empty();
    }

    private List<AuditEntry> piece(long after, long last) {
        return entities.createQuery(
                        "from AuditEntry where seq > :after and seq <= :last order by seq", AuditEntry.class)
                .setParameter("after", after)
                .setParameter("last", last)
                .setMaxResults(PIECE)
                .getResultList();
    }

    static byte[] hash(byte[] previous, String entry) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(previous);
            return sha256.digest(entry.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
