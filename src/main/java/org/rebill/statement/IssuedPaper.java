package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** An issued statement as it was printed: the document and the paper. Written once; nobody may change it. */
@Entity
@Immutable
@Table(name = "statement_paper")
class IssuedPaper extends FirmOwned {
    @Id
    @Column(name = "statement_id")
    private UUID statementId;

    private String document;
    private byte[] pdf;

    protected IssuedPaper() {}

    IssuedPaper(UUID statementId, String document, byte[] pdf) {
        this.statementId = statementId;
        this.document = document;
        this.pdf = pdf.clone();
    }

    /** JSON, exactly as hashed. */
    String document() {
        return document;
    }

    byte[] pdf() {
        return pdf.clone();
    }
}
