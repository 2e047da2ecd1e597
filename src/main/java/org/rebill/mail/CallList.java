package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** The calls of one daily mail to a person. */
@Entity
@Immutable
@Table(name = "call_list")
class CallList extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "person_id")
    private UUID personId;

    @Column(name = "made_at")
    private Instant madeAt;

    protected CallList() {}

    CallList(UUID id, UUID personId, Instant madeAt) {
        this.id = id;
        this.personId = personId;
        this.madeAt = madeAt;
    }

    UUID id() {
        return id;
    }

    UUID personId() {
        return personId;
    }

    Instant madeAt() {
        return madeAt;
    }
}
