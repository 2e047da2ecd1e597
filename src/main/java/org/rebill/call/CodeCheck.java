package org.rebill.call;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** What a phone system asked about a call's code while it was made, and what it was told. Written by live checks. */
@Entity
@Immutable
@Table(name = "code_check")
@IdClass(CodeCheck.Key.class)
class CodeCheck extends FirmOwned {
    /** Key inside the firm. */
    record Key(Instant at, UUID id) implements Serializable {}

    @Id
    private Instant at;

    @Id
    private UUID id;

    @Column(name = "call_id")
    private UUID callId;

    private String code;
    private String answer;

    protected CodeCheck() {}

    CallDetails.Checked checked() {
        return new CallDetails.Checked(at, code, answer);
    }
}
