package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.rebill.platform.FirmOwned;
import org.rebill.platform.Json;

/** A call of a daily mail: what was proposed for it, and the code that the mail's link gave it, once. */
@Entity
@Table(name = "call_list_item")
@IdClass(CallListItem.Key.class)
class CallListItem extends FirmOwned {
    /** Key inside the firm. */
    record Key(UUID listId, UUID callId) implements Serializable {}

    /**
     * A code to tap.
     *
     * @param label whom it stands for
     * @param of calls with this number that had it
     * @param total calls with this number that had any
     * @param whose {@code PERSON} or {@code FIRM}: whose calls those were
     */
    record Chip(String code, String label, long of, long total, String whose) {}

    @Id
    @Column(name = "list_id")
    private UUID listId;

    @Id
    @Column(name = "call_id")
    private UUID callId;

    private int no;

    @JdbcTypeCode(SqlTypes.JSON)
    private String proposals;

    @Column(name = "used_at")
    private Instant usedAt;

    @Column(name = "used_code")
    private String usedCode;

    protected CallListItem() {}

    CallListItem(UUID listId, UUID callId, int no, List<Chip> chips) {
        this.listId = listId;
        this.callId = callId;
        this.no = no;
        proposals = Json.write(chips);
    }

    UUID callId() {
        return callId;
    }

    /** Place in the mail, from 1. */
    int no() {
        return no;
    }

    List<Chip> chips() {
        return List.of(Json.read(proposals, Chip[].class));
    }

    /** Null until the link gave it a code. */
    String usedCode() {
        return usedCode;
    }

    void used(String code, Instant at) {
        usedCode = code;
        usedAt = at;
    }

    /** Null until the link gave it a code. */
    Instant usedAt() {
        return usedAt;
    }
}
