package org.rebill.statement;

import jakarta.persistence.Query;
import org.rebill.agreement.ClientScope;

/**
 * Which statements a query may show (DESIGN.md section 5): the office sees all, a professional the issued ones of own
 * clients.
 */
record StatementScope(ClientScope clients) {
    /** What the current caller may see. */
    static StatementScope ofCaller() {
        return new StatementScope(ClientScope.ofCaller());
    }

    /** The condition on a statement {@code s}, in the query language. */
    String condition() {
        return clients.isAll() ? "1 = 1" : "s.state = :readable and " + clients.condition("s.clientId");
    }

    /** Gives a query with the {@link #condition} its parameters. */
    <Q extends Query> Q bind(Q query) {
        if (!clients.isAll()) {
            query.setParameter("readable", StatementState.ISSUED);
        }
        return clients.bind(query);
    }
}
