package org.rebill.statement;

import java.util.UUID;

/**
 * Happened, in the running transaction, to a statement or credit note: what others may tell the client.
 *
 * @param statementId the statement or credit note
 */
public record StatementNews(UUID statementId, What what) {
    /** What happened. */
    public enum What {
        /** It was issued and can be sent. */
        ISSUED,
        /** A credit note took something of it back. */
        CREDITED,
        /** A reminder was written for it. */
        REMINDED,
        /** The client asked something about it. */
        ASKED,
        /** The firm answered the client's question. */
        ANSWERED
    }
}
