package org.rebill.intake.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;

/** Takes each file in when its sender closes it; lets nothing be read. */
final class DropListener implements SftpEventListener {
    private static final long MOST_BYTES = 1L << 30;

    private final Function<SftpDrop.Dropped, String> drops;
    /** Handles that were closed by their senders, or by the end of the connection: each is taken once. */
    private final Set<Handle> settled = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    DropListener(Function<SftpDrop.Dropped, String> drops) {
        this.drops = drops;
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
        take(session, handle, true);
    }

    @Override
    public void exiting(ServerSession session, Handle handle) throws IOException {
        take(session, handle, false);
    }

    private void take(ServerSession session, Handle handle, boolean whole) throws IOException {
        if (!(handle instanceof FileHandle file) || !settled.add(handle)) {
            return;
        }
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
