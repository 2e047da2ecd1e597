package org.rebill.call;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.Settlement;

/** The call book's taking of legs on a bare connection, for tests of the way there. */
public final class PlainCalls {
    private PlainCalls() {}

    public static LegsTaken take(
            Connection connection,
            UUID firm,
            Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger,
            LegBatch batch,
            Map<String, UUID> people)
            throws SQLException {
        return new CallWork(connection, firm, ledger).take(batch, people);
    }
}
