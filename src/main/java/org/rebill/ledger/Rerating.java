package org.rebill.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A period's calls priced anew by today's codes, policies and agreements (DOMAIN.md C5): shown first, then applied. */
@Entity
public class Rerating extends FirmOwned {
    /** How far it is. */
    public enum State {
        /** The difference is being computed. */
        COMPUTING,
        /** The difference can be looked at, and applied. */
        READY,
        /** The difference is being written. */
        APPLYING,
        /** It was written. */
        APPLIED
    }

    @Id
    private UUID id;

    @Column(name = "from_day")
    private LocalDate fromDay;

    @Column(name = "last_day")
    private LocalDate lastDay;

    @Column(name = "client_id")
    private UUID clientId;

    @Column(name = "matter_id")
    private UUID matterId;

    @Column(name = "person_id")
    private UUID personId;

    @Column(name = "asked_at")
    private Instant askedAt;

    @Column(name = "asked_by")
    private String askedBy;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "done_opened_at")
    private Instant doneOpenedAt;

    @Column(name = "done_call_id")
    private UUID doneCallId;

    private long calls;

    @Column(name = "computed_at")
    private Instant computedAt;

    @Column(name = "applied_at")
    private Instant appliedAt;

    @Column(name = "applied_by")
    private String appliedBy;

    private Long otherwise;

    @Version
    private int version;

    protected Rerating() {}

    Rerating(UUID id, Wanted wanted, Instant askedAt, String askedBy) {
        this.id = id;
        this.fromDay = wanted.from();
        this.lastDay = wanted.to();
        this.clientId = wanted.clientId();
        this.matterId = wanted.matterId();
        this.personId = wanted.personId();
        this.askedAt = askedAt;
        this.askedBy = askedBy;
        this.state = State.COMPUTING;
    }

    /**
     * Which calls are to be priced anew.
     *
     * @param from first day on which they started, in the firm's zone
     * @param to last day
     * @param clientId only those that are this client's now; left out for all clients
     * @param matterId only those of this matter; goes with the client
     * @param personId only those in which this person talked; left out for all
     */
    public record Wanted(LocalDate from, LocalDate to, UUID clientId, UUID matterId, UUID personId) {}

    /** All calls up to this one are done; so many more were looked at. */
    void done(CallFacts last, int more) {
        doneOpenedAt = last.openedAt();
        doneCallId = last.callId();
        calls += more;
    }

    /** The items of all calls up to this one are written. */
    void applied(Instant openedAt, UUID callId) {
        doneOpenedAt = openedAt;
        doneCallId = callId;
    }

    /** The whole difference is known. */
    void ready(Instant at) {
        state = State.READY;
        computedAt = at;
        doneOpenedAt = null;
        doneCallId = null;
    }

    /** Somebody wants it written. */
    void apply(String by) {
        state = State.APPLYING;
        appliedBy = by;
    }

    /** All of it is written; so many charges came out otherwise than shown. */
    void finish(Instant at, long cameOutOtherwise) {
        state = State.APPLIED;
        appliedAt = at;
        otherwise = cameOutOtherwise;
    }

    public UUID id() {
        return id;
    }

    /** First day, in the firm's zone. */
    public LocalDate fromDay() {
        return fromDay;
    }

    /** Last day, in the firm's zone. */
    public LocalDate lastDay() {
        return lastDay;
    }

    /** Null for all clients. */
    public UUID clientId() {
        return clientId;
    }

    /** Null for all matters. */
    public UUID matterId() {
        return matterId;
    }

    /** Null for everybody. */
    public UUID personId() {
        return personId;
    }

    public Instant askedAt() {
        return askedAt;
    }

    public String askedBy() {
        return askedBy;
    }

    public State state() {
        return state;
    }

    /** Partition key of the last call that the work in hand has done; null before the first. */
    Instant doneOpenedAt() {
        return doneOpenedAt;
    }

    /** Key of that call. */
    UUID doneCallId() {
        return doneCallId;
    }

    /** Calls that were looked at so far. */
    public long calls() {
        return calls;
    }

    /** When the difference was known; null before. */
    public Instant computedAt() {
        return computedAt;
    }

    /** When all of it was written; null before. */
    public Instant appliedAt() {
        return appliedAt;
    }

    /** Who wanted it written; null before. */
    public String appliedBy() {
        return appliedBy;
    }

    /** Charges that came out otherwise than shown, because something else had changed meanwhile; null before. */
    public Long otherwise() {
        return otherwise;
    }

    /** The job has work with it. */
    public boolean isWorking() {
        return state == State.COMPUTING || state == State.APPLYING;
    }
}
