package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.audit.AuditLog;
import org.rebill.call.CallBook;
import org.rebill.call.IncomingLeg;
import org.rebill.call.LegBatch;
import org.rebill.call.LegsTaken;
import org.rebill.identity.Caller;
import org.rebill.platform.Ids;
import org.rebill.platform.Jobs;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** The steps of a file's way in, a transaction each: kept, read batch by batch, done. */
@ApplicationScoped
class IntakeFiles {
    /** Findings of a file that are kept: more say nothing more. */
    private static final int MOST_FINDINGS = 50;

    private final EntityManager entities;
    private final FileBytes bytes;
    private final CallBook calls;
    private final SourceHours hours;
    private final AuditLog audit;
    private final Jobs jobs;
    private final Clock clock;

    @Inject
    IntakeFiles(
            EntityManager entities,
            FileBytes bytes,
            CallBook calls,
            SourceHours hours,
            AuditLog audit,
            Jobs jobs,
            Clock clock) {
        this.entities = entities;
        this.bytes = bytes;
        this.calls = calls;
        this.hours = hours;
        this.audit = audit;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Transactional
    Source source(UUID id) {
        Source source = id == null ? null : entities.find(Source.class, id);
        if (source == null) {
            throw new Refusal.NotFound("phone system");
        }
        return source;
    }

    /** The file with the same bytes that came before. */
    @Transactional
    Optional<IntakeFile> earlier(UUID sourceId, byte[] sha256) {
        return withBytes(sourceId, sha256);
    }

    private Optional<IntakeFile> withBytes(UUID sourceId, byte[] sha256) {
        return entities.createQuery("from IntakeFile where sourceId = :source and sha256 = :sha256", IntakeFile.class)
                .setParameter("source", sourceId)
                .setParameter("sha256", sha256)
                .getResultStream()
                .findFirst();
    }

    /** Keeps a file and asks for it to be read by a job; fails when another request keeps the same bytes meanwhile. */
    @Transactional(rollbackOn = IOException.class)
    IntakeFile keep(UUID sourceId, String name, Spool spool, IntakeFile.Via via) throws IOException {
        IntakeFile file = put(sourceId, name, spool, via);
        jobs.ask(ReadFileJob.NAME, file.id());
        return file;
    }

    /** Keeps a file that is not read, for the reason that is given; one with the same bytes is enough. */
    @Transactional(rollbackOn = IOException.class)
    void keepUnread(UUID sourceId, String name, Spool spool, IntakeFile.Via via, String why) throws IOException {
        source(sourceId);
        if (withBytes(sourceId, spool.sha256()).isEmpty()) {
            IntakeFile file = put(sourceId, name, spool, via, Map.of("unread", why));
            file.failed(why, now());
        }
    }

    /** Keeps a file in the running transaction, which sees to its reading itself. */
    @Transactional(Transactional.TxType.MANDATORY)
    IntakeFile put(UUID sourceId, String name, Spool spool, IntakeFile.Via via) throws IOException {
        return put(sourceId, name, spool, via, Map.of());
    }

    private IntakeFile put(UUID sourceId, String name, Spool spool, IntakeFile.Via via, Map<String, Object> origin)
            throws IOException {
        IntakeFile file = new IntakeFile(
                Ids.next(),
                sourceId,
                name,
                spool.size(),
                spool.sha256(),
                now(),
                Caller.current().name(),
                via);
        entities.persist(file);
        entities.flush();
        bytes.store(file.id(), spool);
        Map<String, Object> noted = new TreeMap<>(
                Map.of("source", sourceId, "name", name, "bytes", file.sizeBytes(), "sha256", spool.hex()));
        noted.putAll(origin);
        audit.note("file.taken", "file", file.id(), null, noted);
        return file;
    }

    /**
     * Keeps an archive as it came and each file in it as one of its own, and asks for those to be read. Files that came
     * before are named, not kept again. Fails when another request keeps some of the same bytes meanwhile.
     *
     * @return the archive with its files
     */
    @Transactional(rollbackOn = IOException.class)
    Intake.Taken keepArchive(UUID sourceId, String name, Spool spool, Archive archive, IntakeFile.Via via)
            throws IOException {
        IntakeFile kept = put(sourceId, name, spool, via);
        kept.unpacked(now());
        Map<String, Object> origin = Map.of("archive", kept.id(), "archiveName", name, "archiveSha256", spool.hex());
        List<Intake.Taken> files = new ArrayList<>();
        for (Archive.Member member : archive.members()) {
            Optional<IntakeFile> earlier = earlier(sourceId, member.spool().sha256());
            IntakeFile file =
                    earlier.isPresent() ? earlier.get() : put(sourceId, member.name(), member.spool(), via, origin);
            if (earlier.isEmpty()) {
                jobs.ask(ReadFileJob.NAME, file.id());
            }
            files.add(new Intake.Taken(file, earlier.isPresent(), List.of()));
            entities.persist(new ArchiveMember(kept.id(), files.size(), member.name(), file.id()));
        }
        return new Intake.Taken(kept, false, files);
    }

    /** The files that were in an archive, in its order. */
    @Transactional
    List<IntakeFile> members(UUID archiveId) {
        return entities.createQuery(
                        "select f from ArchiveMember m, IntakeFile f where m.archiveId = :archive and f.id = m.fileId "
                                + "order by m.no",
                        IntakeFile.class)
                .setParameter("archive", archiveId)
                .getResultList();
    }

    /** A file whose reading begins or goes on; empty when there is nothing left to read. */
    @Transactional
    Optional<IntakeFile> begin(UUID fileId) {
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        if (file == null || file.state() == FileState.DONE || file.state() == FileState.FAILED) {
            return Optional.empty();
        }
        file.reading();
        return Optional.of(file);
    }

    /**
     * Stores a batch with the progress mark: all of it or nothing.
     *
     * @return false when somebody else has read on meanwhile, and nothing was stored
     */
    @Transactional
    boolean store(UUID fileId, Source source, RecordBatch batch) {
        hold(source.id());
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        if (file.readBytes() != batch.fromByte() || file.state() != FileState.READING) {
            return false;
        }
        LegsTaken taken = calls.take(legs(source, fileId, batch.legs()));
        write(fileId, batch.others(), taken.duplicates());
        hours.add(source.id(), fresh(batch.legs(), taken));
        file.advance(counts(batch, taken), batch);
        return true;
    }

    /** Legs of a file, with what its source says of them. */
    static LegBatch legs(Source source, UUID fileId, List<IncomingLeg> legs) {
        return new LegBatch(
                source.id(),
                source.siteId(),
                fileId,
                source.numberPlan(),
                source.promptAllowanceSeconds(),
                source.restamped(),
                legs);
    }

    /** A file whose quarantined records are to be read again; empty when that was done. */
    @Transactional
    Optional<IntakeFile> beginReplay(UUID fileId) {
        IntakeFile file = entities.find(IntakeFile.class, fileId);
        return Optional.ofNullable(file).filter(IntakeFile::isReplaying);
    }

    /** The next records that are in quarantine, in the file's order. */
    @Transactional
    List<IntakeRecord> quarantined(UUID fileId, long afterRecord, int limit) {
        return entities.createQuery(
                        "from IntakeRecord where fileId = :file and outcome = :quarantined and mendedAt is null "
                                + "and recordNo > :after order by recordNo",
                        IntakeRecord.class)
                .setParameter("file", fileId)
                .setParameter("quarantined", IntakeRecord.Outcome.QUARANTINED)
                .setParameter("after", afterRecord)
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * Takes quarantined records out of quarantine, that could be read now.
     *
     * @param legs those that are part of a call
     * @param ignored numbers of those that are not meant to be one
     */
    @Transactional
    void mend(UUID fileId, Source source, List<IncomingLeg> legs, List<Long> ignored) {
        hold(source.id());
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        if (!file.isReplaying()) {
            return;
        }
        LegsTaken taken = calls.take(legs(source, fileId, legs));
        hours.add(source.id(), fresh(legs, taken));
        Set<Long> duplicates = duplicates(taken);
        List<Long> read = legs.stream()
                .map(IncomingLeg::recordNo)
                .filter(record -> !duplicates.contains(record))
                .toList();
        mark(fileId, IntakeRecord.Mended.LEG, read);
        mark(fileId, IntakeRecord.Mended.DUPLICATE, duplicates);
        mark(fileId, IntakeRecord.Mended.IGNORED, ignored);
        file.mended(taken, ignored.size(), legs);
    }

    private static Set<Long> duplicates(LegsTaken taken) {
        return taken.duplicates().stream().map(one -> one.leg().recordNo()).collect(Collectors.toSet());
    }

    private static List<IncomingLeg> fresh(List<IncomingLeg> legs, LegsTaken taken) {
        Set<Long> duplicates = duplicates(taken);
        return duplicates.isEmpty()
                ? legs
                : legs.stream()
                        .filter(leg -> !duplicates.contains(leg.recordNo()))
                        .toList();
    }

    private void mark(UUID fileId, IntakeRecord.Mended as, Collection<Long> records) {
        if (records.isEmpty()) {
            return;
        }
        UUID firm = Tenant.current();
        entities.unwrap(Session.class).doWork(connection -> {
            int marked = Sql.on(connection)
                    .update(
                            "update intake_record set mended_at = ?, mended_as = ? where firm_id = ? and file_id = ? "
                                    + "and record_no = any (?) and outcome = 'QUARANTINED' and mended_at is null",
                            now(),
                            as.name(),
                            firm,
                            fileId,
                            records.toArray(Long[]::new));
            if (marked != records.size()) {
                throw new IllegalStateException(marked + " records left quarantine instead of " + records.size());
            }
        });
    }

    /** All quarantined records were read again. */
    @Transactional
    void replayed(UUID fileId, UUID sourceId) {
        hold(sourceId);
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        if (file.isReplaying()) {
            file.replaying(false);
            if (file.legs() > 0) {
                calls.compare(file.sourceId(), file.firstAt(), file.lastAt());
            }
            audit.note("file.replayed", "file", fileId, null, file.counts());
        }
    }

    /**
     * Asks for the quarantined records of a file to be read again.
     *
     * @return the file; unchanged when that is asked for already
     */
    @Transactional
    IntakeFile askReplay(UUID fileId) {
        IntakeFile file = locked(fileId);
        if (file.state() != FileState.DONE) {
            throw new Refusal.Conflict(
                    "file", "file.reading", "The file is still being read. Wait until every record is accounted for.");
        }
        if (file.quarantined() == 0) {
            throw new Refusal.Conflict("file", "quarantine.empty", "No record of this file is in quarantine.");
        }
        if (!file.isReplaying()) {
            file.replaying(true);
            audit.note("file.replay.asked", "file", fileId, null, file.counts());
            jobs.ask(ReplayJob.NAME, fileId);
        }
        return file;
    }

    /** Files of a source that have records in quarantine. */
    @Transactional
    List<UUID> withQuarantine(UUID sourceId) {
        source(sourceId);
        return entities.createQuery(
                        "select id from IntakeFile where sourceId = :source and quarantined > 0 and state = :done "
                                + "order by id",
                        UUID.class)
                .setParameter("source", sourceId)
                .setParameter("done", FileState.DONE)
                .getResultList();
    }

    /**
     * Sets records in quarantine aside: they are no calls, as a person says. Their bytes and the reason stay.
     *
     * @param recordNo of one record; null for all that are in quarantine
     */
    @Transactional
    IntakeFile setAside(UUID fileId, Long recordNo, String why) {
        IntakeFile file = locked(fileId);
        if (file.isReplaying()) {
            throw new Refusal.Conflict(
                    "file", "file.replaying", "The records are being read again. Wait until that is done.");
        }
        List<Long> records = entities.createQuery(
                        "select recordNo from IntakeRecord where fileId = :file and outcome = :quarantined "
                                + "and mendedAt is null and (:record is null or recordNo = :record)",
                        Long.class)
                .setParameter("file", fileId)
                .setParameter("quarantined", IntakeRecord.Outcome.QUARANTINED)
                .setParameter("record", recordNo)
                .getResultList();
        if (records.isEmpty()) {
            throw new Refusal.Conflict("file", "quarantine.empty", "No such record of this file is in quarantine.");
        }
        mark(fileId, IntakeRecord.Mended.SET_ASIDE, records);
        file.mended(new LegsTaken(0, List.of(), 0, 0), records.size(), List.of());
        audit.note(
                "file.setaside",
                "file",
                fileId,
                null,
                Map.of("name", file.name(), "records", records.size(), "first", records.get(0), "reason", why));
        return file;
    }

    private IntakeFile locked(UUID fileId) {
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        if (file == null) {
            throw new Refusal.NotFound("file");
        }
        return file;
    }

    /**
     * Lets one batch of a source through at a time: two files with legs of the same new call must not make two calls
     * of it. Lighter than what a new file's foreign key needs, so that uploads do not wait.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void hold(UUID sourceId) {
        entities.createNativeQuery("select id from source where firm_id = :firm and id = :id for no key update")
                .setParameter("firm", Tenant.current())
                .setParameter("id", sourceId)
                .getSingleResult();
    }

    private static BatchCounts counts(RecordBatch batch, LegsTaken taken) {
        long ignored = batch.others().stream()
                .filter(other -> other.outcome() == IntakeRecord.Outcome.IGNORED)
                .count();
        return new BatchCounts(
                batch.records(),
                taken.legs(),
                taken.duplicates().size(),
                ignored,
                batch.others().size() - ignored,
                taken.newCalls(),
                taken.joinedCalls());
    }

    /** Writes what became of the records that are no part of a call. */
    @Transactional(Transactional.TxType.MANDATORY)
    void write(UUID fileId, List<RecordBatch.Other> others, List<LegsTaken.Duplicate> duplicates) {
        if (others.isEmpty() && duplicates.isEmpty()) {
            return;
        }
        UUID firm = Tenant.current();
        entities.unwrap(Session.class)
                .doWork(connection -> RecordRows.write(connection, firm, fileId, others, duplicates));
    }

    /**
     * Every record is stored: its calls are compared with those of other files.
     *
     * @param found what its records showed as they followed each other
     */
    @Transactional
    void done(UUID fileId, Source source, List<FeedWatch.Found> found) {
        hold(source.id());
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        if (file.state() != FileState.READING) {
            return;
        }
        file.done(now());
        if (file.legs() > 0) {
            entities.flush();
            calls.compare(source.id(), file.firstAt(), file.lastAt());
            List<FeedWatch.Found> all = new ArrayList<>(found);
            calls.missing(source.id(), source.settings().zone(), reopened(file), file.lastAt())
                    .forEach(missing -> all.add(new FeedWatch.Found(
                            FeedFinding.Kind.MISSING_HOURS, missing.from(), missing.to(), null, missing.usual())));
            for (int no = 1; no <= Math.min(all.size(), MOST_FINDINGS); no++) {
                entities.persist(new FeedFinding(fileId, no, all.get(no - 1)));
            }
        }
        audit.note("file.read", "file", fileId, null, file.counts());
    }

    /**
     * Takes back what was missing before the file came, as far as the file is about that time.
     *
     * @return from when on hours are to be looked at anew
     */
    private Instant reopened(IntakeFile file) {
        List<FeedFinding> answered = entities.createQuery(
                        "select w from FeedFinding w, IntakeFile f where f.id = w.fileId and f.sourceId = :source "
                                + "and w.kind = :missing and w.fromAt <= :last and w.toAt >= :first",
                        FeedFinding.class)
                .setParameter("source", file.sourceId())
                .setParameter("missing", FeedFinding.Kind.MISSING_HOURS)
                .setParameter("first", file.firstAt())
                .setParameter("last", file.lastAt())
                .getResultList();
        Instant from = file.firstAt();
        for (FeedFinding finding : answered) {
            from = finding.fromAt().isBefore(from) ? finding.fromAt() : from;
            entities.remove(finding);
        }
        entities.flush();
        return from;
    }

    /** Cannot be read, and will not be tried again; the bytes stay. */
    @Transactional
    void failed(UUID fileId, String why) {
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        file.failed(why, now());
        audit.note("file.failed", "file", fileId, null, Map.of("name", file.name(), "reason", why));
    }

    /** Reading stopped by a fault of ours; the job tries again. */
    @Transactional
    void stopped(UUID fileId, String why) {
        IntakeFile file = entities.find(IntakeFile.class, fileId, LockModeType.PESSIMISTIC_WRITE);
        if (file != null) {
            file.stopped(why);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
