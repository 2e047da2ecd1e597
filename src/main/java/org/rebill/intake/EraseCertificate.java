package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** That the bytes of old files were erased: when, by which rule, of which files. */
@Entity
@Immutable
@Table(name = "erase_certificate")
public class EraseCertificate extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "erased_at")
    private Instant erasedAt;

    private int years;
    private int files;
    private long bytes;
    private String document;
    private byte[] sha256;

    protected EraseCertificate() {}

    EraseCertificate(UUID id, Instant erasedAt, int years, int files, long bytes, String document, byte[] sha256) {
        this.id = id;
        this.erasedAt = erasedAt;
        this.years = years;
        this.files = files;
        this.bytes = bytes;
        this.document = document;
        this.sha256 = sha256.clone();
    }

    public UUID id() {
        return id;
    }

    public Instant erasedAt() {
        return erasedAt;
    }

    /** The firm's rule at that time. */
    public int years() {
        return years;
    }

    public int files() {
        return files;
    }

    /** That were erased. */
    public long bytes() {
        return bytes;
    }

    /** JSON, exactly as hashed: the files with their names, sizes and hashes. */
    public String document() {
        return document;
    }

    /** Over the document. */
    public byte[] sha256() {
        return sha256.clone();
    }
}
