package org.rebill.intake.sftp;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.file.root.RootedFileSystemProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.session.SessionListener;

/**
 * An empty folder of its own for each connection, which is all that it sees, and which goes with it. So a sender may
 * make folders, rename what it sent and ask how long it is, as many do, and never meets another's files.
 */
final class DropFolders implements FileSystemFactory {
    private static final AttributeKey<Folder> FOLDER = new AttributeKey<>();

    @Override
    public Path getUserHomeDir(SessionContext session) {
        return null;
    }

    @Override
    public FileSystem createFileSystem(SessionContext context) throws IOException {
        Session session = (Session) context;
        Folder folder = session.getAttribute(FOLDER);
        if (folder == null) {
            folder = new Folder(Files.createTempDirectory("rebill-sftp"));
            session.setAttribute(FOLDER, folder);
            session.addSessionListener(folder);
        }
        return new RootedFileSystemProvider().newFileSystem(folder.path, Map.of());
    }

    /** The connection's folder. */
    static Folder of(Session session) {
        return session.getAttribute(FOLDER);
    }

    /** Goes when the connection is gone and what it was writing has been taken in: that is told after the end. */
    static final class Folder implements SessionListener {
        private final Path path;
        private int open;
        private boolean left;

        private Folder(Path path) {
            this.path = path;
        }

        /** A file in it is written. */
        synchronized void opened() {
            open++;
        }

        /** That file has been taken in, or was not worth it. */
        synchronized void settled() {
            open--;
            removeWhenLeft();
        }

        @Override
        public synchronized void sessionClosed(Session session) {
            left = true;
            removeWhenLeft();
        }

        private void removeWhenLeft() {
            if (!left || open > 0) {
                return;
            }
            try (Stream<Path> all = Files.walk(path)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(one);
                }
            } catch (IOException e) {
                // It is in the machine's folder for temporary files, which is emptied anyhow.
                path.toFile().deleteOnExit();
            }
        }
    }
}
