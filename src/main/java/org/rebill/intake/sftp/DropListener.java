package org.rebill.intake.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;

/** Takes each file in when its sender closes it; lets nothing be read. */
final class DropListener implements SftpEventListener {
    private static final Logger LOG = Logger.getLogger(DropListener.class.getName());
    private static final long MOST_BYTES = 1L << 30;

    private final Function<SftpDrop.Dropped, String> drops;
    /** Handles that were closed by their senders, or by the end of the connection: each is taken once. */
    private final Set<Handle> settled = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Takes in what was cut: the connection's own threads are interrupted at its end. */
    private final Executor afterTheEnd;

    DropListener(Function<SftpDrop.Dropped, String> drops, Executor afterTheEnd) {
        this.drops = drops;
        this.afterTheEnd = afterTheEnd;
    }

    @Override
    public void reading(
            ServerSession session, String remote, FileHandle file, long offset, byte[] data, int at, int length)
            throws IOException {
        throw new AccessDeniedException(remote, null, "This is a drop: files are sent here, never fetched");
    }

    @Override
    public void linking(ServerSession session, Path source, Path target, boolean symbolic) throws IOException {
        throw new AccessDeniedException(source.toString(), null, "No links here");
    }

    @Override
    public void writing(
            ServerSession session, String remote, FileHandle file, long offset, byte[] data, int at, int length)
            throws IOException {
        if (offset + length > MOST_BYTES) {
            throw new IOException("A file may have 1 GiB. Split it at line ends and send the parts.");
        }
    }

    @Override
    public void open(ServerSession session, String remote, Handle handle) {
        if (handle instanceof FileHandle) {
            DropFolders.opened(session);
        }
    }

    @Override
    public void closing(ServerSession session, String remote, Handle handle) throws IOException {
        if (handle instanceof FileHandle file && settled.add(handle)) {
            take(session, file, true);
        }
    }

    @Override
    public void exiting(ServerSession session, Handle handle) {
        if (handle instanceof FileHandle file && settled.add(handle)) {
            afterTheEnd.execute(() -> {
                try {
                    take(session, file, false);
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "A file whose transfer was cut could not be kept", e);
                }
            });
        }
    }

    private void take(ServerSession session, FileHandle file, boolean whole) throws IOException {
        try {
            if (Files.size(file.getFile()) == 0) {
                return;
            }
            String refused = drops.apply(new SftpDrop.Dropped(
                    session.getAttribute(SftpDrop.MACHINE),
                    SftpDrop.address(session),
                    file.getFile().getFileName().toString(),
                    file.getFile(),
                    whole));
            if (!refused.isEmpty()) {
                throw new IOException(refused);
            }
        } finally {
            DropFolders.settled(session);
        }
    }
}
