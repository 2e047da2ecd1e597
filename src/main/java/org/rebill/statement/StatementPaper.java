package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;

/** Prints a statement by JasperReports. */
@ApplicationScoped
public class StatementPaper {
    /** The PDF; a document without a number is marked as a draft on each page. */
    public byte[] pdf(StatementDocument document) {
        throw new UnsupportedOperationException();
    }
}
