package org.rebill.call;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.Quote;
import org.rebill.ledger.Settlement;
import org.rebill.platform.Sql;

/**
 * Puts what files are read as now in the place of what they were read as, in the running transaction of one firm: first
 * the legs, piece by piece, then all calls that they are part of. Calls on issued statements, and their records, stay as
 * they are; what they would be is told. Whether it is kept is the caller's: a preview takes the transaction back.
 *
 * <p>No other batch of the source may be at work.
 */
public final class Rereading {
    /** Calls that are put together at a time. */
    private static final int SET = 2_000;
    /** More than two zones are apart. */
    private static final Duration MOVED = CallWork.LONGEST_CALL.plusDays(2);

    private final Sql sql;
    private final UUID firm;
    private final UUID readingId;
    private final CallWork work;
    private final LegRows legRows;
    private final CallRows callRows;
    private final Function<Collection<CallFacts>, Map<UUID, Quote>> quotes;
    private final Map<String, UUID> people;
    /** What changes in issued calls: few, and not stored, so kept here. */
    private final Map<UUID, Issued> issued = new HashMap<>();

    private Instant first;
    private Instant last;

    /** Legs that an issued call would lose and get. */
    private static final class Issued {
        private final Set<UUID> without = new HashSet<>();
        private final List<Leg> with = new ArrayList<>();
    }

    /**
     * What became of a piece of a file.
     *
     * @param duplicates records that came before
     * @param changed how many records are read otherwise than they were
     * @param held offsets of records that are not read as legs any more but stay legs, as their call is issued
     */
    public record Piece(List<LegsTaken.Duplicate> duplicates, long changed, Set<Long> held) {}

    /**
     * Of a transaction that has no other.
     *
     * @param readingId noted with each version that is replaced
     * @param ledger settles calls; leaves issued ones out of its answer
     * @param quotes what calls would come to, writing nothing
     * @param people whose telephone an extension is
     */
    Rereading(
            Connection connection,
            UUID firm,
            UUID readingId,
            Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger,
            Function<Collection<CallFacts>, Map<UUID, Quote>> quotes,
            Map<String, UUID> people) {
        this.sql = Sql.on(connection);
        this.firm = firm;
        this.readingId = readingId;
        this.work = new CallWork(connection, firm, ledger);
        this.legRows = new LegRows(connection, firm);
        this.callRows = new CallRows(connection, firm);
        this.quotes = quotes;
        this.people = people;
    }

    /**
     * Looks at what the files are read as, and locks their calls: none is issued meanwhile.
     *
     * @param from start of the earliest record in them that is part of a call; null when there is none
     * @param to of the latest
     */
    public void begin(Collection<UUID> files, Instant from, Instant to) throws SQLException {
        sql.run("drop table if exists reread_stored");
        sql.run("drop table if exists reread_touched");
        sql.run("create temp table reread_touched (id uuid primary key, came_from uuid, gone boolean not null default "
                + "false, told boolean not null default false) on commit drop");
        sql.run(
                "create temp table reread_stored (file_id uuid, byte_offset bigint, started_at timestamptz, id uuid, "
                        + "call_id uuid, issued boolean not null default false, primary key (file_id, byte_offset)) on commit drop");
        if (from == null || to == null) {
            return;
        }
        span(from);
        span(to);
        sql.update(
                "insert into reread_stored (file_id, byte_offset, started_at, id, call_id) select file_id, byte_offset, "
                        + "started_at, id, call_id from leg where firm_id = ? and file_id = any (?) "
                        + "and started_at between ? and ?",
                firm,
                files.toArray(UUID[]::new),
                from,
                to);
        sql.run("analyze reread_stored");
        sql.update("insert into reread_touched (id) select distinct call_id from reread_stored");
        sql.run("analyze reread_touched");
        // In the order in which statements lock them.
        sql.query(
                "select count(*) from (select 1 from charge where firm_id = ? and call_id in (select id from reread_touched) "
                        + "and opened_at between ? and ? order by opened_at, call_id, no for no key update) locked",
                row -> 1,
                firm,
                from(),
                to());
        sql.query(
                "select count(*) from (select 1 from call where firm_id = ? and id in (select id from reread_touched) "
                        + "and opened_at between ? and ? order by opened_at, id for no key update) locked",
                row -> 1,
                firm,
                from(),
                to());
        sql.update(
                "update reread_stored s set issued = true from call c where c.firm_id = ? and c.id = s.call_id "
                        + "and c.opened_at between ? and ? and c.state = 'BILLED'",
                firm,
                from(),
                to());
    }

    private void span(Instant start) {
        first = first == null || start.isBefore(first) ? start : first;
        last = last == null || start.isAfter(last) ? start : last;
    }

    private Instant from() {
        return first.minus(MOVED);
    }

    private Instant to() {
        return last.plus(MOVED);
    }

    /** A leg as it is stored, and whether its call is issued. */
    private record Old(LegRows.Stored stored, boolean issued) {}

    /**
     * Puts legs of one file in the place of those that are stored of the same piece of it.
     *
     * @param toByte behind the last record of the piece
     * @param others offsets of the piece's records that are no legs now
     * @throws CutOtherwise when a record of an issued call is none any more
     */
    public Piece replace(LegBatch batch, long fromByte, long toByte, Set<Long> others) throws SQLException {
        Map<Long, Old> old = stored(batch.fileId(), fromByte, toByte);
        List<IncomingLeg> fresh = new ArrayList<>();
        List<IncomingLeg> renumbered = new ArrayList<>();
        List<LegRows.Stored> removed = new ArrayList<>();
        Map<Long, UUID> callBefore = new HashMap<>();
        long changed = 0;
        for (IncomingLeg leg : batch.legs()) {
            span(leg.leg().startedAt());
            Old was = old.remove(leg.byteOffset());
            if (was == null) {
                fresh.add(leg);
            } else if (isSame(was.stored(), leg)) {
                if (was.stored().recordNo() != leg.recordNo() || was.stored().lineNo() != leg.lineNo()) {
                    renumbered.add(leg);
                }
            } else {
                changed++;
                if (was.issued()) {
                    Issued call = issued.computeIfAbsent(was.stored().leg().callId(), id -> new Issued());
                    call.without.add(was.stored().leg().id());
                    call.with.add(leg.leg().inCall(was.stored().leg().callId()));
                } else {
                    removed.add(was.stored());
                    fresh.add(leg);
                    callBefore.put(leg.byteOffset(), was.stored().leg().callId());
                }
            }
        }
        Set<Long> held = new HashSet<>();
        for (Map.Entry<Long, Old> left : old.entrySet()) {
            changed++;
            LegRows.Stored stored = left.getValue().stored();
            if (!left.getValue().issued()) {
                removed.add(stored);
            } else if (others.contains(left.getKey())) {
                held.add(left.getKey());
                issued.computeIfAbsent(stored.leg().callId(), id -> new Issued())
                        .without
                        .add(stored.leg().id());
            } else {
                throw new CutOtherwise(stored.lineNo());
            }
        }
        renumber(renumbered);
        remove(batch.fileId(), removed);
        CallWork.Written written = work.write(batch.with(fresh));
        for (IncomingLeg leg : written.fresh()) {
            touch(leg.leg().callId(), callBefore.get(leg.byteOffset()));
        }
        return new Piece(written.duplicates(), changed, held);
    }

    private Map<Long, Old> stored(UUID file, long fromByte, long toByte) throws SQLException {
        Map<Long, Old> found = new HashMap<>();
        legRows.inReading(
                file, fromByte, toByte, (leg, isIssued) -> found.put(leg.byteOffset(), new Old(leg, isIssued)));
        return found;
    }

    /** A leg that found its call by lying near others comes as a call of its own again. */
    private static boolean isSame(LegRows.Stored stored, IncomingLeg leg) {
        boolean sameCall = leg.leg().callId().equals(stored.leg().callId())
                || leg.leg().callId().equals(leg.leg().id());
        return sameCall
                && stored.byteLength() == leg.byteLength()
                && micros(leg.leg().inCall(stored.leg().callId())).equals(stored.leg());
    }

    /** As the database keeps it. */
    private static Leg micros(Leg leg) {
        return new Leg(
                leg.id(),
                leg.callId(),
                leg.startedAt().truncatedTo(ChronoUnit.MICROS),
                leg.answeredAt() == null ? null : leg.answeredAt().truncatedTo(ChronoUnit.MICROS),
                leg.endedAt().truncatedTo(ChronoUnit.MICROS),
                leg.disposition(),
                leg.caller(),
                leg.called(),
                leg.fromSide(),
                leg.toSide(),
                leg.application(),
                leg.applicationData(),
                leg.durationSeconds(),
                leg.talkSeconds(),
                leg.code(),
                leg.sequence());
    }

    private void renumber(List<IncomingLeg> legs) throws SQLException {
        for (IncomingLeg leg : legs) {
            sql.update(
                    "update leg set record_no = ?, line_no = ? where firm_id = ? and started_at = ? and id = ?",
                    leg.recordNo(),
                    leg.lineNo(),
                    firm,
                    leg.leg().startedAt(),
                    leg.leg().id());
        }
    }

    private void remove(UUID file, List<LegRows.Stored> legs) throws SQLException {
        if (legs.isEmpty()) {
            return;
        }
        Instant[] starts = legs.stream().map(leg -> leg.leg().startedAt()).toArray(Instant[]::new);
        UUID[] ids = legs.stream().map(leg -> leg.leg().id()).toArray(UUID[]::new);
        int removed = sql.query(
                        "select app_replace_legs(?, ?, ?, ?)", row -> row.getInt(1), readingId, file, starts, ids)
                .get(0);
        if (removed != legs.size()) {
            throw new IllegalStateException(removed + " legs were replaced instead of " + legs.size());
        }
    }

    private void touch(UUID call, UUID cameFrom) throws SQLException {
        boolean moved = cameFrom != null && !cameFrom.equals(call);
        sql.update(
                "insert into reread_touched as t (id, came_from) values (?, ?) on conflict (id) do update "
                        + "set came_from = coalesce(t.came_from, excluded.came_from)",
                call,
                moved ? cameFrom : null);
    }

    /** How many calls stay as they are. */
    public record Sum(long same) {}

    /**
     * Puts all calls together anew that a record of the files is part of, or was, and settles them.
     *
     * @param source whose calls they are; its legs are not looked at
     * @param changes is told each call that does not stay as it is
     */
    public Sum finish(LegBatch source, Consumer<CallChange> changes) throws SQLException {
        long same = 0;
        List<Touched> next = touched(null, false);
        while (!next.isEmpty()) {
            same += assemble(source, next, changes);
            next = touched(next.get(next.size() - 1).id(), false);
        }
        List<Touched> gone = touched(null, true);
        while (!gone.isEmpty()) {
            drop(gone, changes);
            gone = touched(gone.get(gone.size() - 1).id(), true);
        }
        return new Sum(same);
    }

    /**
     * A call to look at.
     *
     * @param cameFrom the call that a record of it was part of before, when that is another; else null
     * @param told it was told of with the call that it became
     */
    private record Touched(UUID id, UUID cameFrom, boolean told) {}

    private List<Touched> touched(UUID after, boolean gone) throws SQLException {
        return sql.query(
                "select id, came_from, told from reread_touched where id > ? and (not ? or gone) order by id limit ?",
                row -> new Touched(Sql.uuid(row, "id"), Sql.uuid(row, "came_from"), row.getBoolean("told")),
                after == null ? new UUID(0, 0) : after,
                gone,
                SET);
    }

    private long assemble(LegBatch source, List<Touched> touched, Consumer<CallChange> changes) throws SQLException {
        List<UUID> ids = touched.stream().map(Touched::id).toList();
        Map<UUID, CallRow> before = rows(ids);
        Map<UUID, CallFace.Price> pricesBefore = prices(ids);
        Map<UUID, List<LegRows.Stored>> legs = new HashMap<>();
        for (LegRows.Stored leg : legRows.ofCalls(ids, from(), to())) {
            legs.computeIfAbsent(leg.leg().callId(), id -> new ArrayList<>(2)).add(leg);
        }
        Map<UUID, CallRow> origins = origins(touched, before);
        List<CallRow> open = new ArrayList<>();
        List<CallRow> frozen = new ArrayList<>();
        List<UUID> gone = new ArrayList<>();
        for (Touched one : touched) {
            CallRow was = before.get(one.id());
            List<LegRows.Stored> own = legs.getOrDefault(one.id(), List.of());
            if (was != null && was.state() == CallState.BILLED) {
                frozen.add(was);
            } else if (own.isEmpty()) {
                gone.add(one.id());
            } else {
                open.add(assembled(source, one.id(), own, was, origins.get(one.id())));
            }
        }
        open.sort(Comparator.comparing(CallRow::openedAt).thenComparing(CallRow::id));
        List<CallRow> settled = work.settled(open, before.keySet());
        callRows.write(settled);
        mark(gone, "update reread_touched set gone = true where id = any (?)");
        Map<UUID, CallFace.Price> prices = prices(ids);
        Map<UUID, CallRow> moved = whole(origins);
        Map<UUID, CallFace.Price> movedPrices =
                prices(moved.values().stream().map(CallRow::id).toList());
        List<UUID> told = new ArrayList<>();
        long same = 0;
        for (CallRow now : settled) {
            CallRow was = before.getOrDefault(now.id(), moved.get(now.id()));
            CallFace.Price price = prices.get(now.id());
            CallFace.Price wasPrice =
                    before.containsKey(now.id()) ? pricesBefore.get(now.id()) : priceOf(was, movedPrices);
            if (was != null && was.id().equals(now.id()) && was.equals(now) && equal(price, wasPrice)) {
                same++;
                continue;
            }
            if (was != null && !was.id().equals(now.id())) {
                told.add(was.id());
            }
            changes.accept(new CallChange(
                    was == null ? CallChange.Kind.ADDED : CallChange.Kind.CHANGED,
                    now.id(),
                    was == null ? null : CallFace.of(was, wasPrice),
                    CallFace.of(now, price)));
        }
        mark(told, "update reread_touched set told = true where id = any (?)");
        return same + correct(source, frozen, legs, pricesBefore, changes);
    }

    private static CallFace.Price priceOf(CallRow call, Map<UUID, CallFace.Price> prices) {
        return call == null ? null : prices.get(call.id());
    }

    private static boolean equal(CallFace.Price one, CallFace.Price other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.currency().equals(other.currency()) && one.amount().compareTo(other.amount()) == 0;
    }

    private Map<UUID, CallRow> rows(Collection<UUID> ids) throws SQLException {
        return callRows.lock(ids, from(), to()).stream().collect(Collectors.toMap(CallRow::id, Function.identity()));
    }

    /** The calls that new ones were before, by the new ones' keys. */
    private Map<UUID, CallRow> origins(List<Touched> touched, Map<UUID, CallRow> before) throws SQLException {
        Map<UUID, UUID> cameFrom = touched.stream()
                .filter(one -> one.cameFrom() != null && !before.containsKey(one.id()))
                .collect(Collectors.toMap(Touched::id, Touched::cameFrom));
        Map<UUID, CallRow> rows = rows(new HashSet<>(cameFrom.values()));
        Map<UUID, CallRow> origins = new HashMap<>();
        cameFrom.forEach((now, was) -> {
            if (rows.containsKey(was)) {
                origins.put(now, rows.get(was));
            }
        });
        return origins;
    }

    /** Of the origins those that go as a whole: a call from which only a part moved stays one of its own. */
    private Map<UUID, CallRow> whole(Map<UUID, CallRow> origins) throws SQLException {
        Set<UUID> keep =
                legRows
                        .ofCalls(origins.values().stream().map(CallRow::id).collect(Collectors.toSet()), from(), to())
                        .stream()
                        .map(leg -> leg.leg().callId())
                        .collect(Collectors.toSet());
        return origins.entrySet().stream()
                .filter(entry -> !keep.contains(entry.getValue().id()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private CallRow assembled(LegBatch source, UUID id, List<LegRows.Stored> legs, CallRow before, CallRow origin)
            throws SQLException {
        LegRows.Stored opening = legs.stream()
                .min(Comparator.comparing((LegRows.Stored leg) -> leg.leg().startedAt())
                        .thenComparing(leg -> leg.leg().id()))
                .orElseThrow();
        List<Leg> own = new ArrayList<>();
        own.add(opening.leg());
        legs.stream()
                .map(LegRows.Stored::leg)
                .filter(leg -> !leg.id().equals(opening.leg().id()))
                .forEach(own::add);
        CallRow call = CallWork.assembled(source.of(opening.fileId()), id, own, before, people);
        if (origin == null || origin.codeOrigin() != CodeOrigin.WEB) {
            return call;
        }
        // What a person said of the records stays with them.
        sql.update(
                "insert into code_event (firm_id, call_id, at, id, code, author) select firm_id, ?, at, id, code, author "
                        + "from code_event where firm_id = ? and call_id = ? on conflict do nothing",
                id,
                firm,
                origin.id());
        return call.coded(origin.code(), CodeOrigin.WEB);
    }

    /** What issued calls would be now; they stay as they are. */
    private long correct(
            LegBatch source,
            List<CallRow> frozen,
            Map<UUID, List<LegRows.Stored>> stored,
            Map<UUID, CallFace.Price> prices,
            Consumer<CallChange> changes) {
        List<CallRow> wouldBe = new ArrayList<>();
        Map<UUID, CallRow> before = new HashMap<>();
        long without = 0;
        for (CallRow call : frozen) {
            Issued change = issued.getOrDefault(call.id(), new Issued());
            List<Leg> legs = new ArrayList<>(change.with);
            stored.getOrDefault(call.id(), List.of()).stream()
                    .map(LegRows.Stored::leg)
                    .filter(leg -> !change.without.contains(leg.id()))
                    .forEach(legs::add);
            before.put(call.id(), call);
            if (legs.isEmpty()) {
                without++;
                changes.accept(new CallChange(
                        CallChange.Kind.CORRECTION, call.id(), CallFace.of(call, prices.get(call.id())), null));
            } else {
                wouldBe.add(CallWork.assembled(source, call.id(), legs, call, people));
            }
        }
        Map<UUID, Quote> quoted =
                quotes.apply(wouldBe.stream().map(CallRow::facts).toList());
        long corrections = without;
        for (CallRow call : wouldBe) {
            CallRow was = before.get(call.id());
            CallFace.Price price = prices.get(call.id());
            Quote quote = quoted.get(call.id());
            CallState state = call.billable() ? CallState.of(quote.settlement()) : call.unbillable();
            CallRow now = call.standing(
                    state == CallState.RATED ? CallState.BILLED : state,
                    quote.settlement().clientId(),
                    quote.settlement().matterId());
            CallFace.Price would = quote.amount() == null ? null : new CallFace.Price(quote.amount(), quote.currency());
            CallFace face = CallFace.of(was, price);
            if (!face.equals(CallFace.of(now, equal(price, would) ? price : would))) {
                corrections++;
                changes.accept(new CallChange(CallChange.Kind.CORRECTION, call.id(), face, CallFace.of(now, would)));
            }
        }
        return frozen.size() - corrections;
    }

    private void mark(Collection<UUID> ids, String statement) throws SQLException {
        if (!ids.isEmpty()) {
            sql.update(statement, (Object) ids.toArray(UUID[]::new));
        }
    }

    private void drop(List<Touched> gone, Consumer<CallChange> changes) throws SQLException {
        List<UUID> ids = gone.stream().map(Touched::id).toList();
        Map<UUID, CallRow> rows = rows(ids);
        Map<UUID, CallFace.Price> prices = prices(ids);
        // A call without a talk has no charges: the ledger takes them away.
        work.settled(rows.values().stream().map(CallRow::silent).toList(), rows.keySet());
        callRows.delete(rows.values());
        for (Touched one : gone) {
            CallRow row = rows.get(one.id());
            if (row != null && !one.told()) {
                changes.accept(
                        new CallChange(CallChange.Kind.GONE, row.id(), CallFace.of(row, prices.get(row.id())), null));
            }
        }
    }

    private Map<UUID, CallFace.Price> prices(Collection<UUID> ids) throws SQLException {
        Map<UUID, CallFace.Price> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        sql.query(
                "select call_id, min(currency) as currency, sum(amount) as amount from charge where firm_id = ? "
                        + "and call_id = any (?) and opened_at between ? and ? and amount is not null group by call_id",
                row -> found.put(
                        Sql.uuid(row, "call_id"),
                        new CallFace.Price(row.getBigDecimal("amount"), row.getString("currency"))),
                firm,
                ids.toArray(UUID[]::new),
                from(),
                to());
        return found;
    }

    /**
     * Calls of a file.
     *
     * @param brought those that it brought first
     * @param joined earlier ones that it added legs to
     */
    public record FileCalls(long brought, long joined) {}

    /** How many calls a file has brought, as they stand now. */
    public FileCalls calls(UUID file) throws SQLException {
        if (first == null) {
            return new FileCalls(0, 0);
        }
        return sql.query(
                        "select count(*) filter (where c.file_id = ?) as brought, count(*) filter (where c.file_id <> ?) "
                                + "as joined from call c where c.firm_id = ? and c.opened_at between ? and ? and c.id in "
                                + "(select call_id from leg where firm_id = ? and file_id = ? and started_at between ? and ?)",
                        row -> new FileCalls(row.getLong("brought"), row.getLong("joined")),
                        file,
                        file,
                        firm,
                        from(),
                        to(),
                        firm,
                        file,
                        from(),
                        to())
                .get(0);
    }
}
