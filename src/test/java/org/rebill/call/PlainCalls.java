package org.rebill.call;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.rebill.ledger.Billing;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.Quote;
import org.rebill.ledger.Resettle;
import org.rebill.ledger.Settlement;
import org.rebill.ledger.StoredCalls;
import org.rebill.platform.BareServices;

/** The call book's taking of legs on a bare connection, for tests of the way there. */
public final class PlainCalls {
    private PlainCalls() {}

    /** Stores a call as it came, with one talk and not settled yet. */
    public static void store(Connection connection, UUID firm, CallFacts call) throws SQLException {
        CallFacts.TalkFacts talk = call.talks().get(0);
        new CallRows(connection, firm)
                .write(List.of(new CallRow(
                        call.callId(),
                        call.openedAt(),
                        call.callId(),
                        call.callId(),
                        call.startedAt(),
                        talk.answeredAt(),
                        talk.answeredAt().plusSeconds(talk.seconds()),
                        call.outbound() ? Direction.OUT : Direction.IN,
                        call.party(),
                        talk.personId(),
                        talk.extension(),
                        talk.seconds(),
                        call.talks().stream()
                                .map(one -> new PersonTalk(
                                        one.personId(), one.extension(), one.answeredAt(), one.seconds()))
                                .toList(),
                        false,
                        1,
                        call.code(),
                        call.code(),
                        CodeOrigin.PBX,
                        null,
                        null,
                        CallState.NO_CODE,
                        "")));
    }

    /** The calls as the ledger reads them. */
    public static StoredCalls stored(BareServices services) {
        return services.get(CallsForPricing.class);
    }

    /** The call book hears what the ledger asks for. */
    public static void resettle(BareServices services, Resettle asked) {
        services.get(CallBook.class).resettle(asked);
    }

    /** The call book hears where charges went. */
    public static void billed(BareServices services, Billing billing) {
        services.get(CallBook.class).billed(billing);
    }

    public static LegsTaken take(
            Connection connection,
            UUID firm,
            Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger,
            LegBatch batch,
            Map<String, UUID> people)
            throws SQLException {
        return new CallWork(connection, firm, ledger).take(batch, people);
    }

    /** The call book's reading of files again; what issued calls would be is priced by {@code quotes}. */
    public static Rereading rereading(
            Connection connection,
            UUID firm,
            UUID readingId,
            Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger,
            Function<Collection<CallFacts>, Map<UUID, Quote>> quotes) {
        return new Rereading(connection, firm, readingId, ledger, quotes, Map.of());
    }

    public static void compare(Connection connection, UUID firm, UUID source, Instant first, Instant last)
            throws SQLException {
        new Overlaps(connection, firm).mark(source, first, last);
    }

    public static List<MissingHours> missing(
            Connection connection, UUID firm, UUID source, ZoneId zone, Instant first, Instant last)
            throws SQLException {
        return new FeedHours(connection, firm).missing(source, zone, first, last);
    }
}
