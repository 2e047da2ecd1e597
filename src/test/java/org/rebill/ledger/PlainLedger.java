package org.rebill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.policy.PolicyIndex;

/** The ledger's settling on a bare connection, for tests of the way there. */
public final class PlainLedger {
    /** Codes are needed and checked, for all calls. */
    static final PolicyIndex FORCED =
            (source, person, extension, party, startedAt) -> new PolicyIndex.Switches(true, true);

    private PlainLedger() {}

    /** Prices calls and writes their charges, in a firm that forces codes. */
    public static Function<Collection<CallFacts>, Map<UUID, Settlement>> on(
            Connection connection, UUID firm, CodeIndex codes, AgreementIndex agreements) {
        Pricing pricing = new Pricing(FORCED, codes, agreements);
        return calls -> {
            try {
                return new ChargeWriter(connection, firm)
                        .write(calls.stream().map(pricing::price).toList());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
