package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/**
 * What came over sockets, committed before it counts, until it is sealed into a file: at the end of a line, so that no
 * record is torn apart.
 */
@ApplicationScoped
public class SmdrInbox {
    /** A file is sealed when this much has come, in bytes, or after {@link #SETTLED} without more. */
    private static final int FILE_BYTES = 64 * 1024;
    /** So much without the end of a line is sealed as it is. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final Duration SETTLED = Duration.ofSeconds(2);
    /** What came without the end of a line is sealed after this long. */
    private static final Duration TORN = Duration.ofSeconds(60);

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'smdr-'yyyyMMdd-HHmmss'.txt'").withZone(ZoneOffset.UTC);

    private final EntityManager entities;
    private final IntakeFiles files;
    private final Clock clock;

    @Inject
    SmdrInbox(EntityManager entities, IntakeFiles files, Clock clock) {
        this.entities = entities;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Keeps bytes; committed when this returns.
     *
     * @param stream the connection
     * @param no of the piece in it, from 1
     */
    @Transactional
    public void append(UUID sourceId, UUID stream, long no, byte[] bytes) {
        UUID firm = Tenant.current();
        Instant now = now();
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .update(
                        "insert into smdr_piece (firm_id, source_id, stream, no, bytes, at) values (?, ?, ?, ?, ?, ?)",
                        firm,
                        sourceId,
                        stream,
                        no,
                        bytes,
                        now));
    }

    /**
     * A stream with bytes that are in no file yet.
     *
     * @param torn nothing has come for so long that what has no end of a line is complete, too
     */
    public record Waiting(UUID stream, boolean torn) {}

    /** Streams of a source that are to be sealed. */
    @Transactional
    public List<Waiting> waiting(UUID sourceId) {
        UUID firm = Tenant.current();
        Instant now = clock.instant();
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select stream, max(at) <= ? as torn from smdr_piece where firm_id = ? and source_id = ? "
                                + "group by stream having sum(length(bytes)) >= ? or max(at) <= ?",
                        row -> new Waiting(Sql.uuid(row, "stream"), row.getBoolean("torn")),
                        now.minus(TORN),
                        firm,
                        sourceId,
                        FILE_BYTES,
                        now.minus(SETTLED)));
    }

    /** A piece that is in no file yet. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Piece(long no, byte[] bytes) {}

    /**
     * Seals what came of a stream into a file, up to its last line end.
     *
     * @param all the rest too, though no line ends there
     * @return whether there was something to seal; a long stream makes several files
     */
    @Transactional(rollbackOn = IOException.class)
    public boolean seal(UUID sourceId, UUID stream, boolean all) throws IOException {
        files.hold(sourceId);
        UUID firm = Tenant.current();
        List<Piece> pieces = entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select no, bytes from (select no, bytes, sum(length(bytes)) over (order by no) "
                                + "- length(bytes) as before from smdr_piece where firm_id = ? and source_id = ? "
                                + "and stream = ?) p where before < ? order by no",
                        row -> new Piece(row.getLong("no"), row.getBytes("bytes")),
                        firm,
                        sourceId,
                        stream,
                        LONGEST_LINE));
        if (pieces.isEmpty()) {
            return false;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        pieces.forEach(piece -> joined.writeBytes(piece.bytes()));
        byte[] bytes = joined.toByteArray();
        int lineEnd = lineEnd(bytes);
        boolean endless = bytes.length >= LONGEST_LINE && lineEnd == 0;
        int end = all || endless ? bytes.length : lineEnd;
        if (end == 0) {
            return false;
        }
        try (Spool spool = Spool.of(new ByteArrayInputStream(bytes, 0, end))) {
            if (files.earlier(sourceId, spool.sha256()).isEmpty()) {
                files.keep(sourceId, NAME.format(clock.instant()), spool, IntakeFile.Via.SMDR);
            }
        }
        long last = pieces.get(pieces.size() - 1).no();
        byte[] rest = Arrays.copyOfRange(bytes, end, bytes.length);
        Instant now = now();
        entities.unwrap(Session.class).doWork(connection -> {
            Sql sql = Sql.on(connection);
            sql.update(
                    "delete from smdr_piece where firm_id = ? and source_id = ? and stream = ? and no <= ?",
                    firm,
                    sourceId,
                    stream,
                    last);
            if (rest.length > 0) {
                sql.update(
                        "insert into smdr_piece (firm_id, source_id, stream, no, bytes, at) values (?, ?, ?, ?, ?, ?)",
                        firm,
                        sourceId,
                        stream,
                        last,
                        rest,
                        now);
            }
        });
        return true;
    }

    /** Behind the last line end; 0 when there is none. */
    private static int lineEnd(byte[] bytes) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n' || bytes[i - 1] == '\r') {
                return i;
            }
        }
        return 0;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
