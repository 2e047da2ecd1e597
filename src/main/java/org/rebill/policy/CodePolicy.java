package org.rebill.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** What is asked of some calls' codes from a moment on, until a later one for the same calls. Never edited. */
@Entity
@Immutable
@Table(name = "code_policy")
public class CodePolicy extends FirmOwned {
    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private PolicyScope scope;

    @Column(name = "site_id")
    private UUID siteId;

    @Column(name = "group_id")
    private UUID groupId;

    @Column(name = "person_id")
    private UUID personId;

    private String extension;

    @Enumerated(EnumType.STRING)
    @Column(name = "number_class")
    private NumberClass numberClass;

    private Boolean forced;
    private Boolean verified;

    @Column(name = "valid_from")
    private Instant validFrom;

    @Column(name = "set_at")
    private Instant setAt;

    @Column(name = "set_by")
    private String setBy;

    protected CodePolicy() {}

    CodePolicy(UUID id, PolicyFor calls, Boolean forced, Boolean verified, Instant validFrom, Instant at, String by) {
        this.id = id;
        this.scope = calls.scope();
        this.siteId = calls.siteId();
        this.groupId = calls.groupId();
        this.personId = calls.personId();
        this.extension = calls.extension();
        this.numberClass = calls.numberClass();
        this.forced = forced;
        this.verified = verified;
        this.validFrom = validFrom;
        this.setAt = at;
        this.setBy = by;
    }

    public UUID id() {
        return id;
    }

    /** Which calls it is for. */
    public PolicyFor calls() {
        return new PolicyFor(scope, siteId, groupId, personId, extension, numberClass);
    }

    /** Whether they need a code; null: as the next wider policy says. */
    public Boolean forced() {
        return forced;
    }

    /** Whether the code must be a known one; null: as the next wider policy says. */
    public Boolean verified() {
        return verified;
    }

    /** It is for calls that start then or later; null for all. */
    public Instant validFrom() {
        return validFrom;
    }

    public Instant setAt() {
        return setAt;
    }

    public String setBy() {
        return setBy;
    }

    boolean begun(Instant at) {
        return validFrom == null || !validFrom.isAfter(at);
    }
}
