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
    private static final AttributeKey<Path> FOLDER = new AttributeKey<>();

    @Override
    public Path getUserHomeDir(SessionContext session) {
        return null;
    }

    @Override
    public FileSystem createFileSystem(SessionContext context) throws IOException {
        Session session = (Session) context;
        Path folder = session.getAttribute(FOLDER);
        if (folder == null) {
            folder = Files.createTempDirectory("rebill-sftp");
            session.setAttribute(FOLDER, folder);
            session.addSessionListener(new Removal(folder));
        }
        return new RootedFileSystemProvider().newFileSystem(folder, Map.of());
    }

    /** Removes the folder when the connection is gone. */
    private static final class Removal implements SessionListener {
        private final Path folder;

        private Removal(Path folder) {
            this.folder = folder;
        }

        @Override
        public void sessionClosed(Session session) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                // It is in the machine's folder for temporary files, which is emptied anyhow.
                folder.toFile().deleteOnExit();
            }
        }
    }
}
