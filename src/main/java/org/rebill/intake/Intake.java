package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.call.CallLeg;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.platform.Ids;
import org.rebill.platform.Jobs;
import org.rebill.platform.Refusal;

/**
 * Takes bytes in: kept unchanged with their SHA-256 before anything is read from them, once only for each source.
 * Reading is a job of its own ({@link ReadFileJob}).
 */
@ApplicationScoped
public class Intake {
    /** Bytes of the longest part of a record that is shown. */
    private static final int SHOWN_BYTES = 4096;

    private final EntityManager entities;
    private final FileBytes bytes;
    private final RecordFormats formats;
    private final AuditLog audit;
    private final Jobs jobs;
    private final Clock clock;

    @Inject
    Intake(EntityManager entities, FileBytes bytes, RecordFormats formats, AuditLog audit, Jobs jobs, Clock clock) {
        this.entities = entities;
        this.bytes = bytes;
        this.formats = formats;
        this.audit = audit;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * What was taken in.
     *
     * @param known the same bytes came before; {@code file} is that earlier file and nothing was stored
     */
    public record Taken(IntakeFile file, boolean known) {}

    /**
     * Keeps the bytes and asks for them to be read. Refused, with nothing kept: an empty file (422), one over
     * {@link Spool#MAX_BYTES} (413), and what is plainly not this source's format (415).
     *
     * @param name as the sender names it; a path is cut to its last part
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional(rollbackOn = IOException.class)
    public Taken take(UUID sourceId, String name, InputStream content, IntakeFile.Via via) throws IOException {
        Source source = sourceId == null ? null : entities.find(Source.class, sourceId);
        if (source == null) {
            throw new Refusal.NotFound("phone system");
        }
        RecordFormat format = formats.get(source.format());
        try (Spool spool = Spool.of(content)) {
            if (spool.size() == 0) {
                throw new Refusal.Invalid(
                        "file", "file.empty", "The file is empty. Send the file the phone system wrote.");
            }
            format.refuses(spool.head()).ifPresent(why -> {
                throw new Refusal.WrongType("file", "file.type", why);
            });
            Optional<IntakeFile> earlier = entities.createQuery(
                            "from IntakeFile where sourceId = :source and sha256 = :sha256", IntakeFile.class)
                    .setParameter("source", sourceId)
                    .setParameter("sha256", spool.sha256())
                    .getResultStream()
                    .findFirst();
            if (earlier.isPresent()) {
                return new Taken(earlier.get(), true);
            }
            IntakeFile file = new IntakeFile(
                    Ids.next(),
                    sourceId,
                    lastPart(name),
                    spool.size(),
                    spool.sha256(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    Caller.current().name(),
                    via);
            entities.persist(file);
            entities.flush();
            bytes.store(file.id(), spool);
            audit.note(
                    "file.taken",
                    "file",
                    file.id(),
                    null,
                    Map.of("source", sourceId, "name", file.name(), "bytes", file.sizeBytes(), "sha256", spool.hex()));
            jobs.ask(ReadFileJob.NAME, file.id());
            return new Taken(file, false);
        }
    }

    private static String lastPart(String name) {
        String text = name == null ? "" : name.replace('\\', '/');
        Path last = Path.of(text.substring(text.lastIndexOf('/') + 1)).getFileName();
        String part = last == null ? "" : last.toString().strip();
        if (part.isEmpty()) {
            return "records";
        }
        return part.length() <= 200 ? part : part.substring(part.length() - 200);
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

    /** Newest first; keyset: those received before the given instant. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<IntakeFile> files(UUID sourceId, Instant before, int limit) {
        return entities.createQuery(
                        "from IntakeFile where (:source is null or sourceId = :source) and receivedAt < :before "
                                + "order by receivedAt desc, id desc",
                        IntakeFile.class)
                .setParameter("source", sourceId)
                .setParameter("before", before == null ? Instant.parse("9999-01-01T00:00:00Z") : before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Records of a file that are not part of a call, in the file's order, after the given record number. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<IntakeRecord> records(UUID fileId, IntakeRecord.Outcome outcome, long afterRecord, int limit) {
        found(fileId);
        return entities.createQuery(
                        "from IntakeRecord where fileId = :file and outcome = :outcome and recordNo > :after "
                                + "order by recordNo",
                        IntakeRecord.class)
                .setParameter("file", fileId)
                .setParameter("outcome", outcome)
                .setParameter("after", afterRecord)
                .setMaxResults(limit)
                .getResultList();
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

    /** The bytes of a leg, for those who may see its call. */
    @Transactional
    public byte[] raw(CallLeg leg) {
        return bytes.slice(leg.fileId(), leg.byteOffset(), Math.min(leg.byteLength(), SHOWN_BYTES));
    }

    /** The whole file, unchanged; read it before the transaction of the caller ends or in pieces outside of one. */
    @Allow({Role.OWNER, Role.CLERK})
    public InputStream content(UUID fileId) {
        file(fileId);
        return bytes.open(fileId);
    }

    /** Whether the kept bytes still have the hash that was noted when they came. */
    @Allow({Role.OWNER, Role.CLERK})
    public boolean unchanged(UUID fileId) throws IOException {
        IntakeFile file = file(fileId);
        try (InputStream content = bytes.open(fileId)) {
            return Arrays.equals(file.sha256(), Spool.sha256(content));
        }
    }
}
