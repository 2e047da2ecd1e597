package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** A file's place in an archive that came in. A file that came several times is in several. */
@Entity
@Immutable
@Table(name = "archive_member")
@IdClass(ArchiveMember.Key.class)
class ArchiveMember extends FirmOwned {
    /** Key inside the firm. */
    record Key(UUID archiveId, int no) implements Serializable {}

    @Id
    @Column(name = "archive_id")
    private UUID archiveId;

    @Id
    private int no;

    private String name;

    @Column(name = "file_id")
    private UUID fileId;

    protected ArchiveMember() {}

    /**
     * A place.
     *
     * @param no from 1, in the archive's order
     * @param name the last part of its path there
     */
    ArchiveMember(UUID archiveId, int no, String name, UUID fileId) {
        this.archiveId = archiveId;
        this.no = no;
        this.name = name;
        this.fileId = fileId;
    }

    UUID archiveId() {
        return archiveId;
    }

    String name() {
        return name;
    }

    UUID fileId() {
        return fileId;
    }
}
