package org.rebill.policy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** People of the firm that have a code policy of their own together. */
@Entity
@Immutable
@Table(name = "person_group")
public class PersonGroup extends FirmOwned {
    @Id
    private UUID id;

    private String name;

    protected PersonGroup() {}

    PersonGroup(UUID id, String name) {
        this.id = id;
        this.name = name;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }
}
