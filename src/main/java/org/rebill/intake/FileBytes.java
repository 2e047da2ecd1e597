package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.platform.Tenant;

/** The stored bytes of files, in chunks. */
@ApplicationScoped
public class FileBytes {
    private final EntityManager entities;

    @Inject
    FileBytes(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void store(UUID fileId, Spool spool) throws IOException {
        try (InputStream in = spool.open()) {
            byte[] chunk = in.readNBytes(IntakeChunk.SIZE);
            for (int no = 0; chunk.length > 0; no++) {
                insert(fileId, no, chunk);
                chunk = in.readNBytes(IntakeChunk.SIZE);
            }
        }
    }

    private void insert(UUID fileId, int no, byte[] chunk) {
        UUID firm = Tenant.current();
        // Past Hibernate, so that a large file's chunks do not pile up in the session.
        entities.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into intake_chunk (firm_id, file_id, no, bytes) values (?, ?, ?, ?)")) {
                insert.setObject(1, firm);
                insert.setObject(2, fileId);
                insert.setInt(3, no);
                insert.setBytes(4, chunk);
                insert.executeUpdate();
            }
        });
    }

    /** One chunk, or an empty array after the last. */
    @Transactional
    byte[] chunk(UUID fileId, int no) {
        return entities.createQuery("select bytes from IntakeChunk where fileId = :file and no = :no", byte[].class)
                .setParameter("file", fileId)
                .setParameter("no", no)
                .getResultStream()
                .findFirst()
                .orElse(new byte[0]);
    }

    /** Some bytes from the middle, read as slices in the database. */
    @Transactional
    public byte[] slice(UUID fileId, long offset, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        long at = offset;
        while (out.size() < length) {
            int no = (int) (at / IntakeChunk.SIZE);
            int from = (int) (at % IntakeChunk.SIZE);
            byte[] part = entities.unwrap(Session.class)
                    .createNativeQuery(
                            "select substring(bytes from :start for :length) from intake_chunk "
                                    + "where firm_id = :firm and file_id = :file and no = :no",
                            byte[].class)
                    .setParameter("firm", Tenant.current())
                    .setParameter("file", fileId)
                    .setParameter("no", no)
                    .setParameter("start", from + 1)
                    .setParameter("length", Math.min(length - out.size(), IntakeChunk.SIZE - from))
                    .getSingleResultOrNull();
            if (part == null || part.length == 0) {
                break;
            }
            out.writeBytes(part);
            at += part.length;
        }
        return out.toByteArray();
    }

    /**
     * Reads a file, one chunk in memory at a time, each in a transaction of its own.
     *
     * @param offset where to begin
     */
    InputStream open(UUID fileId, long offset) {
        return new ChunkStream(this, fileId, offset);
    }

    private static final class ChunkStream extends InputStream {
        private final FileBytes bytes;
        private final UUID fileId;
        private int no;
        private byte[] chunk;
        private int at;

        ChunkStream(FileBytes bytes, UUID fileId, long offset) {
            this.bytes = bytes;
            this.fileId = fileId;
            this.no = (int) (offset / IntakeChunk.SIZE);
            this.at = (int) (offset % IntakeChunk.SIZE);
        }

        private boolean more() {
            if (chunk == null) {
                chunk = bytes.chunk(fileId, no);
            }
            while (at >= chunk.length) {
                if (chunk.length < IntakeChunk.SIZE) {
                    return false;
                }
                chunk = bytes.chunk(fileId, ++no);
                at = 0;
            }
            return true;
        }

        @Override
        public int read() {
            return more() ? chunk[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int count = Math.min(length, chunk.length - at);
            System.arraycopy(chunk, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
