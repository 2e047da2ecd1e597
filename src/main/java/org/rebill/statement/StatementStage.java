package org.rebill.statement;

/** Where a statement stands in its whole life (DOMAIN.md D13). */
public enum StatementStage {
    /** Made by a run; follows its calls. */
    DRAFT,
    /** Somebody looks it through. */
    IN_REVIEW,
    /** Found right as it is, and to be issued. */
    APPROVED,
    /** Numbered and frozen. */
    ISSUED,
    /** On its way to the client. */
    SENT,
    /** The client opened it. */
    VIEWED,
    /** Some of it is paid. */
    PARTLY_PAID,
    /** Nothing is open any more. */
    PAID,
    /** The client has a question that is not settled. */
    DISPUTED,
    /** Credit notes took all of it back. */
    CREDITED
}
