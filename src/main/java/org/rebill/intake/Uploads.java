package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;

/**
 * Large files from a browser, in pieces that are committed as they come: after a cut it goes on with the byte behind
 * the last that was kept, on any node. One that nobody goes on with is thrown away after a day.
 */
@ApplicationScoped
public class Uploads {
    /** After which one that nobody goes on with is thrown away. */
    static final Duration KEPT = Duration.ofHours(24);
    /** Uploads of a firm that may be on their way at a time. */
    private static final int MOST = 50;

    private final EntityManager entities;
    private final UploadBytes bytes;
    private final Clock clock;

    @Inject
    Uploads(EntityManager entities, UploadBytes bytes, Clock clock) {
        this.entities = entities;
        this.bytes = bytes;
        this.clock = clock;
    }

    /**
     * Begins one.
     *
     * @param name as the sender names it; a path is cut to its last part
     * @param size in bytes
     * @throws Refusal.TooLarge when it is over {@link Spool#MAX_BYTES}
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Upload begin(UUID sourceId, String name, long size) {
        if (sourceId == null || entities.find(Source.class, sourceId) == null) {
            throw new Refusal.NotFound("phone system");
        }
        if (size == 0) {
            throw new Refusal.Invalid("file", "file.empty", "The file is empty. Send the file the phone system wrote.");
        }
        Spool.checkAnnounced(Long.toString(size));
        long open = entities.createQuery("select count(*) from Upload where fileId is null", Long.class)
                .getSingleResult();
        if (open >= MOST) {
            throw new Refusal.Conflict(
                    "file", "upload.many", MOST + " files are on their way already. Wait until some have come.");
        }
        Upload upload = new Upload(
                Ids.next(),
                sourceId,
                FileName.of(name),
                size,
                now(),
                Caller.current().name());
        entities.persist(upload);
        return upload;
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Upload get(UUID id) {
        return found(id, LockModeType.NONE);
    }

    private Upload found(UUID id, LockModeType lock) {
        Upload upload = id == null ? null : entities.find(Upload.class, id, lock);
        if (upload == null || upload.touchedAt().isBefore(clock.instant().minus(KEPT))) {
            throw new Refusal.NotFound("upload");
        }
        return upload;
    }

    /**
     * Keeps bytes that came; committed when this returns.
     *
     * @param offset where they belong
     * @throws Refusal.Conflict when that is not behind the last byte that was kept
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Upload append(UUID id, long offset, byte[] more) {
        Upload upload = found(id, LockModeType.PESSIMISTIC_WRITE);
        if (offset != upload.receivedBytes()) {
            throw new Refusal.Conflict(
                    "", "upload.offset", "The next byte of this upload is at " + upload.receivedBytes() + ".");
        }
        if (more.length > upload.sizeBytes() - offset) {
            throw new Refusal.TooLarge("file", "upload.long", "More bytes came than the upload was said to have.");
        }
        if (more.length > 0) {
            bytes.append(id, offset, more);
            upload.received(more.length, now());
        }
        return upload;
    }

    /** All that has come, from the first byte on. */
    @Allow({Role.OWNER, Role.CLERK})
    public InputStream content(UUID id) {
        return bytes.open(id);
    }

    /** It was taken in as a file: its own copy of the bytes goes. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void became(UUID id, UUID file, boolean known) {
        Upload upload = found(id, LockModeType.PESSIMISTIC_WRITE);
        upload.became(file, known);
        bytes.remove(id);
    }

    /** Throws one away. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void drop(UUID id) {
        Upload upload = found(id, LockModeType.PESSIMISTIC_WRITE);
        bytes.remove(id);
        entities.remove(upload);
    }

    /** Throws away what nobody went on with, in the current firm. */
    @Transactional
    void expire() {
        List<Upload> old = entities.createQuery("from Upload where touchedAt < :before", Upload.class)
                .setParameter("before", clock.instant().minus(KEPT))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        for (Upload upload : old) {
            bytes.remove(upload.id());
            entities.remove(upload);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
