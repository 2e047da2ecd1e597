package org.rebill.intake.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.rebill.identity.Machine;

/** Takes each file in when its sender closes it; lets nothing be read. */
final class DropListener implements SftpEventListener {
    private static final Logger LOG = Logger.getLogger(DropListener.class.getName());
    private static final long MOST_BYTES = 1L << 30;

    private final Function<SftpDrop.Dropped, String> drops;
    /** Files that are being written. Kept beside the connection, which forgets what it was when it ends. */
    private final Map<Handle, Opened> open = new ConcurrentHashMap<>();

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

    /** Who writes a file, and the folder that stays until it has been taken. */
    private record Opened(Machine machine, String address, DropFolders.Folder folder) {}

    @Override
    public void open(ServerSession session, String remote, Handle handle) {
        if (handle instanceof FileHandle) {
            DropFolders.Folder folder = DropFolders.of(session);
            folder.opened();
            open.put(handle, new Opened(session.getAttribute(SftpDrop.MACHINE), SftpDrop.address(session), folder));
        }
    }

    @Override
    public void closing(ServerSession session, String remote, Handle handle) throws IOException {
        Opened opened = open.remove(handle);
        if (opened != null) {
            take(opened, (FileHandle) handle, true);
        }
    }

    @Override
    public void exiting(ServerSession session, Handle handle) {
        Opened opened = open.remove(handle);
        if (opened != null) {
            afterTheEnd.execute(() -> {
                try {
                    take(opened, (FileHandle) handle, false);
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "A file whose transfer was cut could not be kept", e);
                }
            });
        }
    }

    private void take(Opened opened, FileHandle handle, boolean whole) throws IOException {
        Path file = handle.getFile();
        try {
            if (Files.size(file) == 0) {
                return;
            }
            String refused = drops.apply(new SftpDrop.Dropped(
                    opened.machine, opened.address, file.getFileName().toString(), file, whole));
            if (!refused.isEmpty()) {
                throw new IOException(refused);
            }
        } finally {
            opened.folder.settled();
        }
    }
}
