package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.call.CallChange;
import org.rebill.call.CallFace;
import org.rebill.platform.Json;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** The calls that a re-reading changes, in the order in which they were found. */
@ApplicationScoped
class RereadList {
    private final EntityManager entities;

    @Inject
    RereadList(EntityManager entities) {
        this.entities = entities;
    }

    /** Empties the list. */
    @Transactional
    void clear(UUID reread) {
        UUID firm = Tenant.current();
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .update("delete from reread_call where firm_id = ? and reread_id = ?", firm, reread));
    }

    /** Adds calls in the running transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    void add(UUID reread, long firstNo, List<CallChange> calls) {
        write(reread, firstNo, calls);
    }

    /** Adds calls for good, whatever becomes of the running transaction: a preview takes that back. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void addForGood(UUID reread, long firstNo, List<CallChange> calls) {
        write(reread, firstNo, calls);
    }

    private void write(UUID reread, long firstNo, List<CallChange> calls) {
        UUID firm = Tenant.current();
        String[] changes = calls.stream().map(call -> call.kind().name()).toArray(String[]::new);
        UUID[] ids = calls.stream().map(CallChange::callId).toArray(UUID[]::new);
        String[] before = calls.stream().map(call -> json(call.before())).toArray(String[]::new);
        String[] after = calls.stream().map(call -> json(call.after())).toArray(String[]::new);
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .update(
                        "insert into reread_call (firm_id, reread_id, no, change, call_id, before, after) "
                                + "select ?, ?, ? + place - 1, change, call, before::jsonb, after::jsonb "
                                + "from unnest(?, ?, ?, ?) with ordinality as c (change, call, before, after, place)",
                        firm,
                        reread,
                        firstNo,
                        changes,
                        ids,
                        before,
                        after));
    }

    private static String json(CallFace face) {
        return face == null ? null : Json.write(face);
    }

    /**
     * A piece of the list.
     *
     * @param kind null for all
     * @param after number of the last of the piece before; 0 begins
     */
    @Transactional
    List<RereadCall> list(UUID reread, CallChange.Kind kind, long after, int limit) {
        UUID firm = Tenant.current();
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select no, change, call_id, before, after from reread_call where firm_id = ? "
                                + "and reread_id = ? and (?::text is null or change = ?) and no > ? "
                                + "order by no limit ?",
                        RereadList::read,
                        firm,
                        reread,
                        kind == null ? null : kind.name(),
                        kind == null ? null : kind.name(),
                        after,
                        limit));
    }

    private static RereadCall read(ResultSet row) throws SQLException {
        return new RereadCall(
                row.getLong("no"),
                new CallChange(
                        CallChange.Kind.valueOf(row.getString("change")),
                        Sql.uuid(row, "call_id"),
                        face(row.getString("before")),
                        face(row.getString("after"))));
    }

    private static CallFace face(String json) {
        return json == null ? null : Json.read(json, CallFace.class);
    }
}
