package org.rebill.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** One act. Never changed and never removed: the application's role is not granted either. */
@Entity
@Immutable
@Table(name = "audit_entry")
public class AuditEntry extends FirmOwned {
    @Id
    private long seq;

    private Instant at;
    private String actor;
    private String action;
    private String subject;
    private String entry;

    @Column(name = "previous_hash")
    private byte[] previousHash;

    private byte[] hash;

    protected AuditEntry() {}

    AuditEntry(
            long seq,
            Instant at,
            String actor,
            String action,
            String subject,
            String entry,
            byte[] previousHash,
            byte[] hash) {
        this.seq = seq;
        this.at = at;
        this.actor = actor;
        this.action = action;
        this.subject = subject;
        this.entry = entry;
        this.previousHash = previousHash;
        this.hash = hash;
    }

    /** Position in the firm's chain, from 1, without gaps. */
    public long seq() {
        return seq;
    }

    public Instant at() {
        return at;
    }

    public String actor() {
        return actor;
    }

    /** What was done, such as {@code statement.issued}. */
    public String action() {
        return action;
    }

    /** What it was done to, such as {@code statement/0192…}. */
    public String subject() {
        return subject;
    }

    /** The whole entry as JSON, exactly as hashed. */
    public String entry() {
        return entry;
    }

    public byte[] previousHash() {
        return previousHash.clone();
    }

    /** SHA-256 over the previous entry's hash and this entry's bytes (UTF-8). */
    public byte[] hash() {
        return hash.clone();
    }
}
