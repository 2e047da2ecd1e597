package org.rebill.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.PlainLedger;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Json;
import org.rebill.platform.Sql;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.Terms;
import org.rebill.rating.TermsDraft;

/**
 * How fast talks are rated on one core, and how fast stored calls are priced anew, as a ratio to an SQL UPDATE that sets
 * the same columns of the same rows with the rate known: {@code mvn -Pbench -Dbench=RatingBench}. Both wait for the disk;
 * they take turns.
 */
public final class RatingBench {
    private static final int CALLS = 1_000_000;
    private static final int SET = 5_000;
    private static final int ROUNDS = 3;
    private static final UUID CLIENT = new UUID(1, 1);
    private static final UUID VERSION = new UUID(2, 2);

    private RatingBench() {}

    /**
     * Runs it.
     *
     * @param arguments a folder, not used; and optionally how many calls are stored
     */
    public static void main(String[] arguments) throws Exception {
        pure();
        stored(arguments.length > 1 ? Integer.parseInt(arguments[1]) : CALLS);
    }

    private static Terms terms(String rate) {
        return new TermsDraft("USD", new BigDecimal(rate), null, 360, null, 360, null, null, null, null, null).terms();
    }

    private static void pure() {
        Terms terms = terms("290");
        int calls = 3_000_000;
        List<Long> rated = new ArrayList<>();
        List<Long> written = new ArrayList<>();
        long check = 0;
        for (int round = 0; round < ROUNDS + 2; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                check += Rating.rate(i % 3_000, terms).billedSeconds();
            }
            rated.add(System.nanoTime() - start);
            start = System.nanoTime();
            for (int i = 0; i < calls / 10; i++) {
                Rated one = Rating.rate(i % 3_000, terms);
                check += Json.write(one.explanation()).length();
            }
            written.add(System.nanoTime() - start);
        }
        say(
                "rating with its explanation as objects: %,d calls/s on one core; with the explanation written as JSON: "
                        + "%,d calls/s (check %d)",
                perSecond(calls, median(rated)), perSecond(calls / 10, median(written)), check);
    }

    private static void stored(int calls) throws Exception {
        BareDatabase database = BareDatabase.durable();
        NewFirm firm = database.newFirm();
        database.in(firm.id(), connection -> Sql.on(connection)
                .query("select app_ensure_month(date '2026-10-01')", row -> 1));
        say("%,d stored calls; pricing anew and UPDATE %d times in turn", calls, ROUNDS);
        price(database, firm, calls, "250");
        List<Long> anew = new ArrayList<>();
        List<Long> updates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            vacuum(database);
            long start = System.nanoTime();
            price(database, firm, calls, round % 2 == 0 ? "300" : "310");
            anew.add(System.nanoTime() - start);
            vacuum(database);
            start = System.nanoTime();
            update(database, firm);
            updates.add(System.nanoTime() - start);
        }
        say(
                "priced anew: %,d calls/s (%s); UPDATE: %,d rows/s (%s); ratio %.2f",
                perSecond(calls, median(anew)),
                Duration.ofNanos(median(anew)),
                perSecond(calls, median(updates)),
                Duration.ofNanos(median(updates)),
                (double) median(updates) / median(anew));
    }

    private static void price(BareDatabase database, NewFirm firm, int calls, String rate) throws Exception {
        CodeIndex codes = (code, at) -> new CodeIndex.Meaning(CodeIndex.Standing.OK, CLIENT, null);
        Terms terms = terms(rate);
        AgreementIndex agreements =
                (client, matter, person, start, answer) -> Optional.of(new AgreementIndex.InForce(VERSION, terms));
        for (int from = 0; from < calls; from += SET) {
            List<CallFacts> set = facts(from, Math.min(from + SET, calls));
            database.in(firm.id(), connection -> PlainLedger.on(connection, firm.id(), codes, agreements)
                    .apply(set));
        }
    }

    private static List<CallFacts> facts(int from, int to) {
        List<CallFacts> facts = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            Instant at = Instant.parse("2026-10-01T06:00:00Z").plusSeconds(2L * i);
            facts.add(new CallFacts(
                    new UUID(7, i),
                    at,
                    at,
                    CLIENT,
                    true,
                    true,
                    "+15125550144",
                    "1042",
                    List.of(new CallFacts.TalkFacts(null, "201", at.plusSeconds(5), 1 + i % 3_000))));
        }
        return facts;
    }

    private static void update(BareDatabase database, NewFirm firm) throws Exception {
        database.in(firm.id(), connection -> Sql.on(connection)
                .update(
                        "update charge set unit_rate = 305, amount = round(quantity * 305, 2), "
                                + "explanation = jsonb_set(explanation, '{4,value}', '305') where firm_id = ?",
                        firm.id()));
    }

    private static void vacuum(BareDatabase database) throws Exception {
        try (Connection connection = database.connectAsSuperuser()) {
            connection.setAutoCommit(true);
            Sql.on(connection).run("vacuum charge");
        }
    }

    private static long median(List<Long> times) {
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static long perSecond(long count, long nanos) {
        return count * 1_000_000_000L / nanos;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
