package org.rebill.agreement;

import jakarta.persistence.Query;
import java.util.UUID;
import org.rebill.identity.Caller;

/**
 * Whose clients a query may show (DESIGN.md section 5): the office sees all, a professional those for whom the person
 * has talked in a call that was charged or is held for something. Part of the query, so that pages are never filtered
 * afterwards.
 *
 * @param personId null for all clients; of somebody who is no person of the firm, a key that nobody has
 */
public record ClientScope(UUID personId) {
    private static final UUID NOBODY = new UUID(0, 0);

    /** What the current caller may see. */
    public static ClientScope ofCaller() {
        Caller caller = Caller.current();
        if (caller.seesAllCalls()) {
            return new ClientScope(null);
        }
        return new ClientScope(caller.personId() == null ? NOBODY : caller.personId());
    }

    /** All clients of the firm. */
    public boolean isAll() {
        return personId == null;
    }

    /**
     * The condition, in the query language.
     *
     * @param clientId path to the client's key, such as {@code c.id}; never anything that was entered
     */
    public String condition(String clientId) {
        return isAll()
                ? "1 = 1"
                : "exists (select 1 from PersonClient own where own.clientId = " + clientId
                        + " and own.personId = :ownPerson)";
    }

    /** Gives a query with the {@link #condition} its parameter. */
    public <Q extends Query> Q bind(Q query) {
        if (!isAll()) {
            query.setParameter("ownPerson", personId);
        }
        return query;
    }
}
