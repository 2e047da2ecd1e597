package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/**
 * Takes bytes in: kept unchanged with their SHA-256 before anything is read from them, once only for each source.
 * Reading is a job of its own ({@link ReadFileJob}).
 */
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class.getName());
    /** Bytes of a push that are read in the request itself: some 5,000 records, well below a second. */
    static final long READ_AT_ONCE = 1 << 20;

    private static final int ATTEMPTS = 3;
    /** Bytes of the longest part of a record that is shown. */
    private static final int SHOWN_BYTES = 4096;

    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 500;

    private final EntityManager entities;
    private final IntakeFiles files;
    private final FileBytes bytes;
    private final RecordFormats formats;
    private final FileReading reading;

    @Inject
    Intake(EntityManager entities, IntakeFiles files, FileBytes bytes, RecordFormats formats, FileReading reading) {
        this.entities = entities;
        this.files = files;
        this.bytes = bytes;
        this.formats = formats;
        this.reading = reading;
    }

    /**
     * What was taken in.
     *
     * @param known the same bytes came before; {@code file} is that earlier file and nothing was stored
     * @param members of an archive: the files that were in it; empty for any other file
     */
    public record Taken(IntakeFile file, boolean known, List<Taken> members) {
        public Taken {
            members = List.copyOf(members);
        }

        Taken(IntakeFile file, boolean known) {
            this(file, known, List.of());
        }

        /** The files with records: itself, or those of an archive. */
        public List<Taken> files() {
            return file.state() == FileState.UNPACKED ? members : List.of(this);
        }
    }

    /**
     * Keeps the bytes and asks for them to be read. They are put aside on disk first: no transaction waits for a slow
     * sender. Refused, with nothing kept: an empty file (422), one over {@link Spool#MAX_BYTES} (413), and what is
     * plainly not this source's format (415). An archive (gzip, zip) is kept too, and each file in it as one of its own:
     * all of them or, where one is refused, none.
     *
     * @param name as the sender names it; a path is cut to its last part
     */
    @Allow({Role.OWNER, Role.CLERK})
    public Taken take(UUID sourceId, String name, InputStream content, IntakeFile.Via via) throws IOException {
        return keepAll(sourceId, name, content, via);
    }

    /**
     * The same for a file that a machine drops and looks after no more: what is refused for its content, and what was
     * cut on its way, is kept as a file that could not be read, so that the firm sees it.
     *
     * @param whole the sender closed it
     */
    @Allow(Role.SOURCE)
    public void drop(UUID sourceId, String name, InputStream content, boolean whole) throws IOException {
        try (Spool spool = Spool.of(content)) {
            if (!whole) {
                files.keepUnread(
                        sourceId,
                        FileName.of(name),
                        spool,
                        IntakeFile.Via.SFTP,
                        "The connection ended before the sender closed the file: it may be cut. Nothing of it was read."
                                + " Send it again; what is known is not taken twice.");
                return;
            }
            try (InputStream again = spool.open()) {
                keepAll(sourceId, name, again, IntakeFile.Via.SFTP);
            } catch (Refusal.WrongType | Refusal.Invalid e) {
                files.keepUnread(sourceId, FileName.of(name), spool, IntakeFile.Via.SFTP, e.getMessage());
            }
        }
    }

    private Taken keepAll(UUID sourceId, String name, InputStream content, IntakeFile.Via via) throws IOException {
        RecordFormat format = formats.get(files.source(sourceId).format());
        try (Spool spool = Spool.of(content)) {
            Optional<Archive.Kind> archive = Archive.Kind.of(spool.head());
            if (archive.isEmpty()) {
                check(spool, format);
            }
            Optional<Taken> earlier = earlier(sourceId, spool);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            return archive.isPresent()
                    ? unpack(sourceId, archive.get(), FileName.of(name), spool, format, via)
                    : keep(sourceId, FileName.of(name), spool, via);
        }
    }

    private Taken unpack(
            UUID sourceId, Archive.Kind kind, String name, Spool spool, RecordFormat format, IntakeFile.Via via)
            throws IOException {
        try (Archive archive = Archive.open(kind, name, spool)) {
            for (Archive.Member member : archive.members()) {
                format.refuses(member.spool().head()).ifPresent(why -> {
                    throw new Refusal.WrongType("file", "file.type", "'" + member.name() + "' in the archive: " + why);
                });
            }
            for (int attempt = 1; ; attempt++) {
                try {
                    return files.keepArchive(sourceId, name, spool, archive, via);
                } catch (PersistenceException e) {
                    // Another request keeps some of the same bytes meanwhile: it is known the next time.
                    Optional<Taken> other = earlier(sourceId, spool);
                    if (other.isPresent()) {
                        return other.get();
                    }
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }

    /**
     * Takes what a machine pushes to its own source. Up to {@value #READ_AT_ONCE} bytes are kept and read in one
     * transaction before this returns; more is kept and read by the job, and so is what can't be read at once by a
     * fault of ours.
     *
     * @param content bounded by the caller
     */
    @Allow(Role.SOURCE)
    public Taken push(UUID sourceId, String name, InputStream content) throws IOException {
        RecordFormat format = formats.get(files.source(sourceId).format());
        try (Spool spool = Spool.of(content)) {
            check(spool, format);
            Optional<Taken> earlier = earlier(sourceId, spool);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            return spool.size() <= READ_AT_ONCE
                    ? readAtOnce(sourceId, FileName.of(name), spool)
                    : keep(sourceId, FileName.of(name), spool, IntakeFile.Via.PUSH);
        }
    }

    private Taken readAtOnce(UUID sourceId, String name, Spool spool) throws IOException {
        try {
            return new Taken(reading.keepAndRead(sourceId, name, spool, IntakeFile.Via.PUSH), false);
        } catch (RuntimeException e) {
            Optional<Taken> other = earlier(sourceId, spool);
            if (other.isPresent()) {
                // The same bytes came twice at once and the other request was first.
                return other.get();
            }
            LOG.log(Level.WARNING, "What was pushed can't be read at once; it is kept, and the job tries again", e);
            return keep(sourceId, name, spool, IntakeFile.Via.PUSH);
        }
    }

    private static void check(Spool spool, RecordFormat format) throws IOException {
        if (spool.size() == 0) {
            throw new Refusal.Invalid("file", "file.empty", "The file is empty. Send the file the phone system wrote.");
        }
        format.refuses(spool.head()).ifPresent(why -> {
            throw new Refusal.WrongType("file", "file.type", why);
        });
    }

    private Optional<Taken> earlier(UUID sourceId, Spool spool) {
        return files.earlier(sourceId, spool.sha256())
                .map(file -> new Taken(
                        file,
                        true,
                        file.state() != FileState.UNPACKED
                                ? List.of()
                                : files.members(file.id()).stream()
                                        .map(member -> new Taken(member, true))
                                        .toList()));
    }

    private Taken keep(UUID sourceId, String name, Spool spool, IntakeFile.Via via) throws IOException {
        try {
            return new Taken(files.keep(sourceId, name, spool, via), false);
        } catch (PersistenceException e) {
            // The same bytes came twice at once and the other request was first.
            return earlier(sourceId, spool).orElseThrow(() -> e);
        }
    }

    /** One file. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public IntakeFile file(UUID id) {
        return found(id);
    }

    private IntakeFile found(UUID id) {
        IntakeFile file = id == null ? null : entities.find(IntakeFile.class, id);
        if (file == null) {
            throw new Refusal.NotFound("file");
        }
        return file;
    }

    /**
     * A piece of the list of files, newest first.
     *
     * @param sourceId null for all sources
     * @param after the last of the piece before, or null
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<IntakeFile> files(UUID sourceId, UUID after, int limit) {
        // Keys of files are made in the order in which they come.
        return entities.createQuery(
                        "from IntakeFile where (:source is null or sourceId = :source) "
                                + "and (:after is null or id < :after) order by id desc",
                        IntakeFile.class)
                .setParameter("source", sourceId)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The files that were in an archive, in its order; empty for any other file. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<IntakeFile> members(UUID archiveId) {
        found(archiveId);
        return files.members(archiveId);
    }

    /** The archives that files came in, by the files' keys: of each the one that came first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Map<UUID, IntakeFile> archives(Collection<UUID> fileIds) {
        return fileIds.isEmpty()
                ? Map.of()
                : entities.createQuery(
                                "select m.fileId, a from ArchiveMember m, IntakeFile a where m.fileId in (:files) "
                                        + "and a.id = m.archiveId order by a.id",
                                Object[].class)
                        .setParameter("files", fileIds)
                        .getResultStream()
                        .collect(Collectors.toMap(
                                row -> (UUID) row[0], row -> (IntakeFile) row[1], (first, later) -> first));
    }

    /** Records that could not be read, in how many files. */
    public record Quarantine(long records, long files) {}

    /** What lies in quarantine. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Quarantine quarantine() {
        Object[] sums = entities.createQuery(
                        "select coalesce(sum(quarantined), 0), count(id) from IntakeFile where quarantined > 0",
                        Object[].class)
                .getSingleResult();
        return new Quarantine(((Number) sums[0]).longValue(), ((Number) sums[1]).longValue());
    }

    /** The newest file of each source that has one, by source. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Map<UUID, IntakeFile> newest() {
        List<UUID> ids = entities.unwrap(Session.class)
                .createNativeQuery(
                        "select distinct on (source_id) id from intake_file where firm_id = :firm "
                                + "order by source_id, id desc",
                        UUID.class)
                .setParameter("firm", Tenant.current())
                .getResultList();
        return ids.isEmpty()
                ? Map.of()
                : entities.createQuery("from IntakeFile where id in (:ids)", IntakeFile.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .collect(Collectors.toMap(IntakeFile::sourceId, Function.identity()));
    }

    /**
     * Why records are not part of a call, and how many for each reason.
     *
     * @param reason stable code
     */
    public record Reason(IntakeRecord.Outcome outcome, String reason, long records) {}

    /** The reasons of a file, the most frequent first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Reason> reasons(UUID fileId) {
        found(fileId);
        return entities.createQuery(
                        "select outcome, reason, count(*) from IntakeRecord where fileId = :file "
                                + "and mendedAt is null group by outcome, reason order by count(*) desc",
                        Object[].class)
                .setParameter("file", fileId)
                .getResultStream()
                .map(row -> new Reason((IntakeRecord.Outcome) row[0], (String) row[1], (Long) row[2]))
                .toList();
    }

    /** What a file shows of its whole feed that can't be right (DOMAIN.md C22), in the order in which it was found. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<FeedFinding> findings(UUID fileId) {
        found(fileId);
        return entities.createQuery("from FeedFinding where fileId = :file order by no", FeedFinding.class)
                .setParameter("file", fileId)
                .getResultList();
    }

    /**
     * A file in which duplicates came first.
     *
     * @param records how many of them
     */
    public record First(UUID fileId, String name, Instant receivedAt, long records) {}

    /** Where the duplicates of a file came first, the most frequent first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<First> firsts(UUID fileId) {
        found(fileId);
        return entities.createQuery(
                        "select f.id, f.name, f.receivedAt, count(*) from IntakeRecord r, IntakeFile f "
                                + "where r.fileId = :file and r.outcome = :duplicate and f.id = r.firstFileId "
                                + "group by f.id, f.name, f.receivedAt order by 4 desc",
                        Object[].class)
                .setParameter("file", fileId)
                .setParameter("duplicate", IntakeRecord.Outcome.DUPLICATE)
                .getResultStream()
                .map(row -> new First((UUID) row[0], (String) row[1], (Instant) row[2], (Long) row[3]))
                .toList();
    }

    /**
     * Records of a file that are not part of a call, in the file's order; those that left quarantine are only among all.
     *
     * @param outcome null for all
     * @param reason stable code; empty for all
     * @param afterRecord number of the last of the piece before; 0 begins
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<IntakeRecord> records(
            UUID fileId, IntakeRecord.Outcome outcome, String reason, long afterRecord, int limit) {
        found(fileId);
        return entities.createQuery(
                        "from IntakeRecord where fileId = :file and (:outcome is null or (outcome = :outcome and mendedAt is null)) "
                                + "and (:reason = '' or reason = :reason) and recordNo > :after order by recordNo",
                        IntakeRecord.class)
                .setParameter("file", fileId)
                .setParameter("outcome", outcome)
                .setParameter("reason", reason)
                .setParameter("after", afterRecord)
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * What a file seems to be of which no record could be read: a format that surely knows its first bytes.
     *
     * @return empty when records were read, or no format or several know it
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Optional<RecordFormat> looksLike(UUID fileId) {
        IntakeFile file = found(fileId);
        if (file.quarantined() == 0 || file.legs() > 0 || file.duplicates() > 0) {
            return Optional.empty();
        }
        return formats.recognise(bytes.slice(fileId, 0, Spool.HEAD_BYTES));
    }

    /**
     * Asks for the quarantined records of a file to be read again with the source's settings as they are now.
     *
     * @return the file, at work
     */
    @Allow({Role.OWNER, Role.CLERK})
    public IntakeFile replay(UUID fileId) {
        return files.askReplay(fileId);
    }

    /**
     * The same for all files of a source that have records in quarantine.
     *
     * @return how many files there are
     */
    @Allow({Role.OWNER, Role.CLERK})
    public int replayAll(UUID sourceId) {
        List<UUID> waiting = files.withQuarantine(sourceId);
        waiting.forEach(files::askReplay);
        return waiting.size();
    }

    /**
     * Sets records in quarantine aside: no calls, as a person says. They count as ignored; their bytes stay.
     *
     * @param recordNo of one record; null for all that are in quarantine
     * @param why for the audit log, 3 to 500 characters
     */
    @Allow({Role.OWNER, Role.CLERK})
    public IntakeFile setAside(UUID fileId, Long recordNo, String why) {
        String reason = why == null ? "" : why.strip();
        if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
            throw new Refusal.Invalid("reason", "reason.length", "Say why these are no calls, in 3 to 500 characters.");
        }
        return files.setAside(fileId, recordNo, reason);
    }

    /**
     * A record's own bytes, at most 4,096 of them.
     *
     * @param length in bytes, as kept with the record
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public byte[] raw(UUID fileId, long offset, long length) {
        found(fileId);
        return bytes.slice(fileId, offset, (int) Math.min(length, SHOWN_BYTES));
    }

    /** The whole file, unchanged; it is read in pieces, each in a transaction of its own. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public InputStream content(UUID fileId) {
        if (found(fileId).certificateId() != null) {
            throw erased();
        }
        return bytes.open(fileId, 0);
    }

    /** Nothing more can be done with its bytes. */
    static Refusal erased() {
        return new Refusal.Conflict(
                "file",
                "file.erased",
                "The bytes of this file were erased by the firm's rule. The certificate names it with its hash.");
    }

    /** Whether the kept bytes still have the hash that was noted when they came. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public boolean unchanged(UUID fileId) throws IOException {
        IntakeFile file = file(fileId);
        try (InputStream content = bytes.open(fileId, 0)) {
            return Arrays.equals(file.sha256(), Spool.sha256(content));
        }
    }
}
