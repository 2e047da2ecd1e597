package org.rebill.speeddial;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A number that somebody calls often and the code it is called under. */
@Entity
@Table(name = "speed_dial")
public class SpeedDial extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "person_id")
    private UUID personId;

    private String label;
    private String code;
    private String number;

    protected SpeedDial() {}

    SpeedDial(UUID id, UUID personId, String label, String code, String number) {
        this.id = id;
        this.personId = personId;
        this.label = label;
        this.code = code;
        this.number = number;
    }

    public UUID id() {
        return id;
    }

    public UUID personId() {
        return personId;
    }

    public String label() {
        return label;
    }

    /** 1 to 9 digits; 007 is not 7. */
    public String code() {
        return code;
    }

    /** As it is dialled behind the code: digits, perhaps a plus before them. */
    public String number() {
        return number;
    }
}
