package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.audit.AuditLog;
import org.rebill.call.CallBook;
import org.rebill.call.CallChange;
import org.rebill.call.Rereading;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.intake.format.RecordReader;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/**
 * Reads whole files again. A preview does all that applying does and takes its transaction back, so that it tells
 * exactly what would come of it; both hold the source meanwhile, so new records of it wait.
 */
@ApplicationScoped
class RereadFiles {
    private static final int LISTED_TOGETHER = 500;

    private final EntityManager entities;
    private final IntakeFiles files;
    private final FileBytes bytes;
    private final RecordFormats formats;
    private final CallBook calls;
    private final SourceHours hours;
    private final RereadList list;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    RereadFiles(
            EntityManager entities,
            IntakeFiles files,
            FileBytes bytes,
            RecordFormats formats,
            CallBook calls,
            SourceHours hours,
            RereadList list,
            AuditLog audit,
            Clock clock) {
        this.entities = entities;
        this.files = files;
        this.bytes = bytes;
        this.formats = formats;
        this.calls = calls;
        this.hours = hours;
        this.list = list;
        this.audit = audit;
        this.clock = clock;
    }

    /** Ends a preview, whose transaction is taken back. */
    static final class Previewed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Reread.Sums sums;
        private final int sourceVersion;

        private Previewed(Reread.Sums sums, int sourceVersion) {
            super("A preview was made", null, false, false);
            this.sums = sums;
            this.sourceVersion = sourceVersion;
        }
    }

    /** Can't be done, for a reason that people are told. */
    static final class NotPossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotPossible(String why) {
            super(why);
        }
    }

    /** How far it is; empty when there is none such. */
    @Transactional
    Optional<Reread.State> state(UUID id) {
        return Optional.ofNullable(entities.find(Reread.class, id)).map(Reread::state);
    }

    /**
     * Finds out what would change and writes the list; all else is taken back.
     *
     * @throws Previewed always, when it went well
     */
    @Transactional
    void preview(UUID id) {
        Reread reread = entities.find(Reread.class, id);
        files.hold(reread.sourceId());
        Source source = files.source(reread.sourceId());
        throw new Previewed(read(reread, source, false), source.version());
    }

    /** What the preview found is kept. */
    @Transactional
    void previewed(UUID id, Previewed preview) {
        Reread reread = entities.find(Reread.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (reread.state() == Reread.State.PREVIEWING) {
            reread.previewed(preview.sourceVersion, preview.sums);
        }
    }

    /** Reads the files again for good. */
    @Transactional
    void apply(UUID id) {
        Reread reread = entities.find(Reread.class, id);
        files.hold(reread.sourceId());
        entities.refresh(reread);
        if (reread.state() != Reread.State.APPLYING) {
            return;
        }
        Source source = files.source(reread.sourceId());
        if (source.version() != reread.sourceVersion()) {
            throw new NotPossible("The phone system's settings were changed after the preview. Make a new preview.");
        }
        list.clear(id);
        Reread.Sums sums = read(reread, source, true);
        reread.applied(now(), sums);
        audit.note("reread.applied", "reread", id, null, reread.counts());
    }

    /** It can't be done; nothing was changed. */
    @Transactional
    void failed(UUID id, String why) {
        Reread reread = entities.find(Reread.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (reread.state().isAtWork()) {
            reread.failed(why);
            audit.note("reread.failed", "reread", id, null, Map.of("source", reread.sourceId(), "reason", why));
        }
    }

    private Reread.Sums read(Reread reread, Source source, boolean forGood) {
        RecordFormat format = formats.find(source.format())
                .orElseThrow(() -> new NotPossible(
                        "This version of Rebill does not read the record format '" + source.format() + "'."));
        List<IntakeFile> chosen = lock(reread, source);
        if (forGood) {
            // After the files and before the calls, as all who change many calls do it.
            audit.lock();
        }
        Reread.Sums sums = new Reread.Sums();
        sums.files = chosen.size();
        try (Listing listing = new Listing(reread.id(), sums, forGood)) {
            calls.reread(source.siteId(), reread.id(), rereading -> {
                rereading.begin(chosen.stream().map(IntakeFile::id).toList(), earliest(chosen), latest(chosen));
                Map<UUID, FileCounts> counts = new HashMap<>();
                for (IntakeFile file : chosen) {
                    counts.put(file.id(), read(file, source, format, reread.id(), rereading, sums));
                }
                sums.same = rereading
                        .finish(calls.asBilled(IntakeFiles.legs(source, null, List.of())), listing::add)
                        .same();
                for (IntakeFile file : chosen) {
                    file.reread(counts.get(file.id()), rereading.calls(file.id()));
                }
                return null;
            });
        }
        if (forGood && earliest(chosen) != null) {
            hours.recount(source.id(), earliest(chosen), latest(chosen));
            calls.compare(source.id(), earliest(chosen), latest(chosen));
        }
        return sums;
    }

    private static Instant latest(List<IntakeFile> chosen) {
        return chosen.stream()
                .map(IntakeFile::lastAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Instant earliest(List<IntakeFile> chosen) {
        return chosen.stream()
                .map(IntakeFile::firstAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The files, locked in their order. */
    private List<IntakeFile> lock(Reread reread, Source source) {
        if (reread.fileId() != null) {
            return List.of(entities.find(IntakeFile.class, reread.fileId(), LockModeType.PESSIMISTIC_WRITE));
        }
        Instant from = reread.fromDay().atStartOfDay(ZoneId.of(source.zone())).toInstant();
        return entities.createQuery(
                        "from IntakeFile where sourceId = :source and state = :done and certificateId is null "
                                + "and coalesce(lastAt, receivedAt) >= :from order by id",
                        IntakeFile.class)
                .setParameter("source", source.id())
                .setParameter("done", FileState.DONE)
                .setParameter("from", from)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** What became of the records of a file. */
    static final class FileCounts {
        long records;
        long legs;
        long duplicates;
        long ignored;
        long quarantined;
        long lines;
        Instant first;
        Instant last;

        private void span(Instant start) {
            first = first == null || start.isBefore(first) ? start : first;
            last = last == null || start.isAfter(last) ? start : last;
        }
    }

    private FileCounts read(
            IntakeFile file, Source source, RecordFormat format, UUID reading, Rereading rereading, Reread.Sums sums)
            throws SQLException {
        Map<Long, Aside> aside = aside(file.id());
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .query("select app_replace_records(?, ?)", row -> 1, reading, file.id()));
        FileCounts counts = new FileCounts();
        byte[] head = bytes.slice(file.id(), 0, FileStart.HEAD_BYTES);
        long from = 0;
        try (InputStream content = bytes.open(file.id(), 0)) {
            RecordReader reader = format.read(content, source.settings(), new FileStart(head, 0, 1, file.receivedAt()));
            Optional<RecordBatch> next = RecordBatch.read(reader, 0, 0);
            while (next.isPresent()) {
                RecordBatch batch = next.get();
                sums.changedRecords += store(file.id(), source, batch, rereading, aside, counts);
                from = batch.toByte();
                counts.lines = batch.toLine();
                next = RecordBatch.read(reader, from, counts.records);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (from != file.sizeBytes()) {
            throw new IllegalStateException("Only " + from + " of " + file.sizeBytes() + " bytes were read");
        }
        sums.records += counts.records;
        return counts;
    }

    private long store(
            UUID fileId,
            Source source,
            RecordBatch batch,
            Rereading rereading,
            Map<Long, Aside> aside,
            FileCounts counts)
            throws SQLException {
        Set<Long> offsets = batch.others().stream()
                .map(other -> other.record().byteOffset())
                .collect(Collectors.toSet());
        Rereading.Piece piece = rereading.replace(
                calls.asBilled(IntakeFiles.legs(source, fileId, batch.legs())),
                batch.fromByte(),
                batch.toByte(),
                offsets);
        List<RecordBatch.Other> others = batch.others().stream()
                .filter(other -> !piece.held().contains(other.record().byteOffset()))
                .toList();
        files.write(fileId, others, piece.duplicates());
        long asideAgain = setAside(fileId, others, aside);
        long ignored = others.stream()
                .filter(other -> other.outcome() == IntakeRecord.Outcome.IGNORED)
                .count();
        counts.records += batch.records();
        counts.duplicates += piece.duplicates().size();
        counts.legs += batch.records() - others.size() - piece.duplicates().size();
        counts.ignored += ignored + asideAgain;
        counts.quarantined += others.size() - ignored - asideAgain;
        batch.legs().forEach(leg -> counts.span(leg.leg().startedAt()));
        return piece.changed();
    }

    /** A record that a person set aside, before the file is read again. */
    private record Aside(long byteLength, Instant at) {}

    private Map<Long, Aside> aside(UUID fileId) {
        return entities.createQuery("from IntakeRecord where fileId = :file and mendedAs = :aside", IntakeRecord.class)
                .setParameter("file", fileId)
                .setParameter("aside", IntakeRecord.Mended.SET_ASIDE)
                .getResultStream()
                .collect(Collectors.toMap(
                        IntakeRecord::byteOffset, record -> new Aside(record.byteLength(), record.mendedAt())));
    }

    /** What a person said to be no call stays so, when it still can't be read. */
    private long setAside(UUID fileId, List<RecordBatch.Other> others, Map<Long, Aside> aside) {
        long again = 0;
        for (RecordBatch.Other other : others) {
            Aside was = other.outcome() == IntakeRecord.Outcome.QUARANTINED
                    ? aside.get(other.record().byteOffset())
                    : null;
            if (was != null && was.byteLength() == other.record().byteLength()) {
                again++;
                entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                        .update(
                                "update intake_record set mended_at = ?, mended_as = ? where firm_id = ? "
                                        + "and file_id = ? and record_no = ?",
                                was.at(),
                                IntakeRecord.Mended.SET_ASIDE.name(),
                                Tenant.current(),
                                fileId,
                                other.recordNo()));
            }
        }
        return again;
    }

    /** Writes the list in pieces and counts. */
    private final class Listing implements AutoCloseable {
        private final UUID reread;
        private final Reread.Sums sums;
        private final boolean forGood;
        private final List<CallChange> waiting = new ArrayList<>();
        private long next = 1;

        private Listing(UUID reread, Reread.Sums sums, boolean forGood) {
            this.reread = reread;
            this.sums = sums;
            this.forGood = forGood;
        }

        private void add(CallChange change) {
            switch (change.kind()) {
                case ADDED -> sums.added++;
                case CHANGED -> sums.changed++;
                case GONE -> sums.gone++;
                case CORRECTION -> sums.corrections++;
            }
            waiting.add(change);
            if (waiting.size() == LISTED_TOGETHER) {
                write();
            }
        }

        private void write() {
            if (forGood) {
                list.add(reread, next, waiting);
            } else {
                list.addForGood(reread, next, waiting);
            }
            next += waiting.size();
            waiting.clear();
        }

        @Override
        public void close() {
            if (!waiting.isEmpty()) {
                write();
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
