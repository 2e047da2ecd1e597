package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** The bytes of files that are on their way. */
@ApplicationScoped
class UploadBytes {
    private final EntityManager entities;

    @Inject
    UploadBytes(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void append(UUID upload, long offset, byte[] bytes) {
        UUID firm = Tenant.current();
        // Past Hibernate, so that a large file's pieces do not pile up in the session.
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .update(
                        "insert into upload_piece (firm_id, upload_id, byte_offset, bytes) values (?, ?, ?, ?)",
                        firm,
                        upload,
                        offset,
                        bytes));
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void remove(UUID upload) {
        UUID firm = Tenant.current();
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .update("delete from upload_piece where firm_id = ? and upload_id = ?", firm, upload));
    }

    /** The piece that begins at an offset; an empty array when none does. */
    @Transactional
    byte[] piece(UUID upload, long offset) {
        UUID firm = Tenant.current();
        List<byte[]> found = entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select bytes from upload_piece where firm_id = ? and upload_id = ? and byte_offset = ?",
                        row -> row.getBytes("bytes"),
                        firm,
                        upload,
                        offset));
        return found.isEmpty() ? new byte[0] : found.get(0);
    }

    /** All of it, one piece in memory at a time, each read in a transaction of its own. */
    InputStream open(UUID upload) {
        return new PieceStream(this, upload);
    }

    private static final class PieceStream extends InputStream {
        private final UploadBytes bytes;
        private final UUID upload;
        private byte[] piece = new byte[0];
        private int at;
        private long next;

        PieceStream(UploadBytes bytes, UUID upload) {
            this.bytes = bytes;
            this.upload = upload;
        }

        private boolean more() {
            if (at == piece.length) {
                piece = bytes.piece(upload, next);
                next += piece.length;
                at = 0;
            }
            return at < piece.length;
        }

        @Override
        public int read() {
            return more() ? piece[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
