package org.rebill.call;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.rebill.platform.FirmOwned;

/** A call: the legs that belong together. Read through Hibernate, written in sets by {@link CallBook}. */
@Entity
@Immutable
@IdClass(CallKey.class)
public class Call extends FirmOwned {
    @Id
    @Column(name = "opened_at")
    private Instant openedAt;

    @Id
    private UUID id;

    @Column(name = "source_id")
    private UUID sourceId;

    @Column(name = "file_id")
    private UUID fileId;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "answered_at")
    private Instant answeredAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Enumerated(EnumType.STRING)
    private Direction direction;

    private String party;

    @Column(name = "person_id")
    private UUID personId;

    private String extension;

    @Column(name = "talk_seconds")
    private int talkSeconds;

    @JdbcTypeCode(SqlTypes.JSON)
    private String talks;

    private boolean emergency;

    @Column(name = "leg_count")
    private int legCount;

    @Column(name = "pbx_code")
    private String pbxCode;

    private String code;

    @Enumerated(EnumType.STRING)
    @Column(name = "code_origin")
    private CodeOrigin codeOrigin;

    @Column(name = "client_id")
    private UUID clientId;

    @Column(name = "matter_id")
    private UUID matterId;

    @Enumerated(EnumType.STRING)
    private CallState state;

    private String flags;

    protected Call() {}

    /** The partition key, not the start. */
    public Instant openedAt() {
        return openedAt;
    }

    public UUID id() {
        return id;
    }

    public UUID sourceId() {
        return sourceId;
    }

    /** The file that brought its first leg. */
    public UUID fileId() {
        return fileId;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Null when nobody answered. */
    public Instant answeredAt() {
        return answeredAt;
    }

    public Instant endedAt() {
        return endedAt;
    }

    public Direction direction() {
        return direction;
    }

    /** The other side: E.164 where it can be told, else the digits; empty when withheld. */
    public String party() {
        return party;
    }

    /** The firm's person who talked longest, or null. */
    public UUID personId() {
        return personId;
    }

    public String extension() {
        return extension;
    }

    /** Whole seconds over all talks with the outside. */
    public int talkSeconds() {
        return talkSeconds;
    }

    /** Each telephone's, in order of answer. */
    public List<PersonTalk> talks() {
        return CallRows.talks(talks);
    }

    /** To an emergency number: never billed. */
    public boolean emergency() {
        return emergency;
    }

    public int legCount() {
        return legCount;
    }

    /** As the phone system wrote it, or empty. */
    public String pbxCode() {
        return pbxCode;
    }

    /** As it stands: a code given by hand goes before the phone system's (DOMAIN.md D8). */
    public String code() {
        return code;
    }

    public CodeOrigin codeOrigin() {
        return codeOrigin;
    }

    public UUID clientId() {
        return clientId;
    }

    public UUID matterId() {
        return matterId;
    }

    public CallState state() {
        return state;
    }

    /** Reasons why the records could not tell everything, separated by blanks; empty when they did. */
    public String flags() {
        return flags;
    }
}
