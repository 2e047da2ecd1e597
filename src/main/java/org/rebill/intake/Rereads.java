package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.call.CallChange;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Jobs;
import org.rebill.platform.Refusal;

/** Reading whole files again after the settings of their phone system were changed: asked for, looked at, applied. */
@ApplicationScoped
public class Rereads {
    private final EntityManager entities;
    private final RereadList list;
    private final AuditLog audit;
    private final Jobs jobs;
    private final Clock clock;

    @Inject
    Rereads(EntityManager entities, RereadList list, AuditLog audit, Jobs jobs, Clock clock) {
        this.entities = entities;
        this.list = list;
        this.audit = audit;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Asks what reading one file again would change. Nothing is changed by it. One that was asked for of the same source
     * and not applied goes.
     *
     * @throws Refusal.Conflict while the file is being read, or a re-reading of its source is applied
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Reread askFile(UUID fileId) {
        IntakeFile file = fileId == null ? null : entities.find(IntakeFile.class, fileId);
        if (file == null) {
            throw new Refusal.NotFound("file");
        }
        if (file.certificateId() != null) {
            throw Intake.erased();
        }
        if (file.state() == FileState.UNPACKED) {
            throw new Refusal.Conflict(
                    "file", "file.archive", "This is an archive. Read the files in it again, each by itself.");
        }
        if (file.state() != FileState.DONE || file.isReplaying()) {
            throw new Refusal.Conflict(
                    "file",
                    "file.reading",
                    "Only a file that was read to its end can be read again. Wait until every record is accounted for.");
        }
        return ask(file.sourceId(), fileId, null);
    }

    /**
     * The same for all files of a source with calls on or after a day.
     *
     * @param from at the source's place
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Reread askSource(UUID sourceId, LocalDate from) {
        if (sourceId == null || entities.find(Source.class, sourceId) == null) {
            throw new Refusal.NotFound("phone system");
        }
        if (from == null) {
            throw new Refusal.Invalid("from", "from.missing", "Say from which day on, such as 2026-09-01.");
        }
        return ask(sourceId, null, from);
    }

    private Reread ask(UUID sourceId, UUID fileId, LocalDate from) {
        // Two people may ask at once; the source itself may be held by an import for a while.
        entities.createNativeQuery("select pg_advisory_xact_lock(hashtext(cast(:source as text)))")
                .setParameter("source", "reread " + sourceId)
                .getSingleResult();
        Optional<Reread> open = open(sourceId);
        if (open.isPresent()) {
            Reread other = open.get();
            if (other.state() == Reread.State.APPLYING) {
                throw new Refusal.Conflict(
                        "file", "reread.applying", "Files of this phone system are being read again. Wait for that.");
            }
            if (other.state() == Reread.State.PREVIEWING
                    && Objects.equals(other.fileId(), fileId)
                    && Objects.equals(other.fromDay(), from)) {
                return other;
            }
            other.dropped();
            entities.flush();
        }
        Source source = entities.find(Source.class, sourceId);
        Reread reread = new Reread(
                Ids.next(),
                sourceId,
                fileId,
                from,
                source.version(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Caller.current().name());
        entities.persist(reread);
        Map<String, Object> noted = new TreeMap<>(Map.of("source", sourceId));
        noted.put(fileId == null ? "from" : "file", fileId == null ? from : fileId);
        audit.note("reread.asked", "reread", reread.id(), null, noted);
        jobs.ask(RereadPreviewJob.NAME, reread.id());
        return reread;
    }

    private Optional<Reread> open(UUID sourceId) {
        return entities.createQuery("from Reread where sourceId = :source and state in (:open)", Reread.class)
                .setParameter("source", sourceId)
                .setParameter("open", List.of(Reread.State.PREVIEWING, Reread.State.PREVIEWED, Reread.State.APPLYING))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Reread get(UUID id) {
        return found(id, LockModeType.NONE);
    }

    private Reread found(UUID id, LockModeType lock) {
        Reread reread = id == null ? null : entities.find(Reread.class, id, lock);
        if (reread == null) {
            throw new Refusal.NotFound("re-reading");
        }
        return reread;
    }

    /** Those of a source, newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Reread> of(UUID sourceId, int limit) {
        return entities.createQuery("from Reread where sourceId = :source order by id desc", Reread.class)
                .setParameter("source", sourceId)
                .setMaxResults(limit)
                .getResultList();
    }

    /**
     * A piece of the calls that it changes.
     *
     * @param kind null for all
     * @param after number of the last of the piece before; 0 begins
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<RereadCall> calls(UUID id, CallChange.Kind kind, long after, int limit) {
        found(id, LockModeType.NONE);
        return list.list(id, kind, after, limit);
    }

    /**
     * Reads the files again for good, as the preview showed. What was decided meanwhile (codes, agreements, statements
     * issued) counts as it is then; the list is written anew with what was done.
     *
     * @throws Refusal.Conflict when there is no preview to apply, or the source's settings were changed after it
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Reread apply(UUID id) {
        Reread reread = found(id, LockModeType.PESSIMISTIC_WRITE);
        if (reread.state() == Reread.State.APPLYING || reread.state() == Reread.State.APPLIED) {
            return reread;
        }
        if (reread.state() != Reread.State.PREVIEWED) {
            throw new Refusal.Conflict(
                    "reread",
                    "reread.state",
                    reread.state() == Reread.State.PREVIEWING
                            ? "The preview is not ready yet. Wait for it and look at it first."
                            : "This preview is closed. Make a new one.");
        }
        if (entities.find(Source.class, reread.sourceId()).version() != reread.sourceVersion()) {
            throw new Refusal.Conflict(
                    "reread",
                    "reread.stale",
                    "The phone system's settings were changed after this preview. Make a new preview.");
        }
        reread.applying(Caller.current().name());
        audit.note("reread.apply.asked", "reread", id, null, reread.counts());
        jobs.ask(RereadApplyJob.NAME, id);
        return reread;
    }

    /** Closes a preview that nobody wants to apply; nothing was changed by it. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Reread drop(UUID id) {
        Reread reread = found(id, LockModeType.PESSIMISTIC_WRITE);
        if (reread.state() == Reread.State.DROPPED) {
            return reread;
        }
        if (reread.state() != Reread.State.PREVIEWED && reread.state() != Reread.State.PREVIEWING) {
            throw new Refusal.Conflict("reread", "reread.state", "Only a preview that is not applied can be closed.");
        }
        reread.dropped();
        audit.note("reread.dropped", "reread", id, null, Map.of("source", reread.sourceId()));
        return reread;
    }
}
