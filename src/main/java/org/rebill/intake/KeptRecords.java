package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.call.RecordBytes;
import org.rebill.ledger.SourceRecords;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** Shows the kept bytes to the features whose calls and charges rest on them. */
@ApplicationScoped
class KeptRecords implements RecordBytes, SourceRecords {
    private final EntityManager entities;
    private final FileBytes bytes;

    @Inject
    KeptRecords(EntityManager entities, FileBytes bytes) {
        this.entities = entities;
        this.bytes = bytes;
    }

    @Override
    @Transactional
    public Map<UUID, RecordBytes.File> files(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("from IntakeFile where id in (:ids)", IntakeFile.class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(file -> new RecordBytes.File(file.id(), file.name(), file.sha256()))
                .collect(Collectors.toMap(RecordBytes.File::id, Function.identity()));
    }

    @Override
    @Transactional
    public byte[] bytes(UUID fileId, long offset, int length) {
        return bytes.slice(fileId, offset, length);
    }

    @Override
    @Transactional
    public Optional<byte[]> erased(UUID fileId, long offset) {
        UUID firm = Tenant.current();
        return entities
                .unwrap(Session.class)
                .doReturningWork(connection -> Sql.on(connection)
                        .query(
                                "select sha256 from erased_record where firm_id = ? and file_id = ? and byte_offset = ?",
                                row -> row.getBytes("sha256"),
                                firm,
                                fileId,
                                offset))
                .stream()
                .findFirst();
    }

    @Override
    @Transactional
    public Map<UUID, List<byte[]>> hashes(Collection<UUID> callIds) {
        return ofCalls(callIds, row -> row.getBytes("hash"));
    }

    @Override
    @Transactional
    public Map<UUID, List<Excerpt>> excerpts(Collection<UUID> callIds) {
        return ofCalls(
                callIds,
                row -> new Excerpt(
                        Sql.instant(row, "started_at"),
                        row.getString("caller"),
                        row.getString("called"),
                        row.getInt("talk_seconds"),
                        row.getString("code"),
                        row.getBytes("hash")));
    }

    /** What is wanted of each record. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Map<UUID, List<T>> ofCalls(Collection<UUID> callIds, Reading<T> reading) {
        Map<UUID, List<T>> found = new HashMap<>();
        UUID firm = Tenant.current();
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .query(
                        // A record lies in one chunk, or at the end of one and the beginning of the next.
                        "select l.call_id, l.started_at, l.caller, l.called, l.talk_seconds, l.code, "
                                + "coalesce(e.sha256, sha256(rtrim(r.bytes, '\\x0d0a'::bytea))) as hash from leg l "
                                + "left join erased_record e on e.firm_id = l.firm_id and e.file_id = l.file_id "
                                + "and e.byte_offset = l.byte_offset "
                                + "cross join lateral (select string_agg(substring(c.bytes "
                                + "from greatest(l.byte_offset - c.no * ?::bigint, 0)::int + 1 "
                                + "for (least(l.byte_offset + l.byte_length - c.no * ?::bigint, ?) "
                                + "- greatest(l.byte_offset - c.no * ?::bigint, 0))::int), '' order by c.no) as bytes "
                                + "from intake_chunk c where c.firm_id = l.firm_id and c.file_id = l.file_id "
                                + "and c.no between l.byte_offset / ? and (l.byte_offset + l.byte_length - 1) / ?) r "
                                + "where l.firm_id = ? and l.call_id = any (?) "
                                + "order by l.call_id, l.file_id, l.record_no",
                        row -> found.computeIfAbsent(Sql.uuid(row, "call_id"), call -> new ArrayList<>())
                                .add(reading.of(row)),
                        IntakeChunk.SIZE,
                        IntakeChunk.SIZE,
                        IntakeChunk.SIZE,
                        IntakeChunk.SIZE,
                        IntakeChunk.SIZE,
                        IntakeChunk.SIZE,
                        firm,
                        callIds.toArray(UUID[]::new)));
        return found;
    }
}
