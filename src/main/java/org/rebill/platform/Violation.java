package org.rebill.platform;

import java.sql.SQLException;
import java.util.Optional;

/** A constraint of the database that refused a row, told by SQLSTATE: names differ on a distributed database. */
public enum Violation {
    FOREIGN_KEY("23503"),
    UNIQUE("23505"),
    CHECK("23514"),
    /** Two periods overlap. */
    EXCLUSION("23P01");

    private final String sqlState;

    Violation(String sqlState) {
        this.sqlState = sqlState;
    }

    /** The violation behind a failure, or empty when it was something else. */
    public static Optional<Violation> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                for (Violation violation : values()) {
                    if (violation.sqlState.equals(sql.getSQLState())) {
                        return Optional.of(violation);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
