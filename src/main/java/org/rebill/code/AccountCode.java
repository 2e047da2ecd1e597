package org.rebill.code;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** What a code stands for in one span of time: a client, one of its matters, or the firm itself. */
@Entity
@Table(name = "account_code")
public class AccountCode extends FirmOwned {
    @Id
    private UUID id;

    @Column(updatable = false)
    private String code;

    private String label;

    @Column(name = "group_name")
    private String group;

    @Column(updatable = false)
    private boolean house;

    @Column(name = "client_id", updatable = false)
    private UUID clientId;

    @Column(name = "matter_id", updatable = false)
    private UUID matterId;

    @Column(name = "valid_from", updatable = false)
    private Instant validFrom;

    @Column(name = "retired_at")
    private Instant retiredAt;

    @Version
    private int version;

    protected AccountCode() {}

    AccountCode(UUID id, Codes.Draft draft, String code, String label, String group, Instant validFrom) {
        this.id = id;
        this.code = code;
        this.label = label;
        this.group = group;
        this.house = draft.house();
        this.clientId = draft.clientId();
        this.matterId = draft.matterId();
        this.validFrom = validFrom;
    }

    void retire(Instant at) {
        retiredAt = at;
    }

    void relabel(String newLabel, String newGroup) {
        label = newLabel;
        group = newGroup;
    }

    public UUID id() {
        return id;
    }

    /** 1 to 9 digits; 007 is not 7. */
    public String code() {
        return code;
    }

    /** For people; may be null. */
    public String label() {
        return label;
    }

    /** To what it belongs, such as a department or a phone system's list; may be null. */
    public String group() {
        return group;
    }

    /** The firm's own: calls under it are nobody's to pay. */
    public boolean house() {
        return house;
    }

    /** Null for the house. */
    public UUID clientId() {
        return clientId;
    }

    /** Null for the house, and where it is for the client as a whole. */
    public UUID matterId() {
        return matterId;
    }

    /** Null when it holds for all that came before, too. */
    public Instant validFrom() {
        return validFrom;
    }

    /** From then on it means nothing, or something else; null while it is used without an end. */
    public Instant retiredAt() {
        return retiredAt;
    }

    /** It can be dialled at a moment. */
    public boolean valid(Instant at) {
        return (validFrom == null || !at.isBefore(validFrom)) && (retiredAt == null || at.isBefore(retiredAt));
    }

    /** Rises with each change. */
    public int version() {
        return version;
    }
}
