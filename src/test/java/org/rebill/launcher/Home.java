package org.rebill.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The one folder in which a running Rebill keeps everything: databases, servers, logs, ports and secrets. One launcher
 * at a time may use it.
 */
final class Home implements AutoCloseable {
    private static final int SECRET_BYTES = 24;

    private final Path folder;
    private final FileChannel lock;
    private final Properties secrets;
    private final Properties ports;

    private Home(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        this.secrets = read(folder.resolve("secrets.properties"));
        this.ports = read(folder.resolve("ports.properties"));
    }

    /**
     * Takes the folder for this process; it is made when missing.
     *
     * @throws StartFailure when another launcher has it
     */
    static Home take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock taken = channel.tryLock();
            if (taken == null) {
                channel.close();
                throw new StartFailure("Rebill is already running from the data folder " + folder + running(folder)
                        + "\nUse that one, stop it with Ctrl-C in its window, or start a second one with "
                        + "-Drebill.data=OTHER_FOLDER -Drebill.port=OTHER_PORT.");
            }
            return new Home(folder.toRealPath(), channel);
        } catch (IOException e) {
            throw new StartFailure("The data folder " + folder + " can't be used: " + e, e);
        }
    }

    /** Whether another launcher has the folder. */
    static boolean isTaken(Path folder) {
        Path file = folder.resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (IOException e) {
            throw new StartFailure("The data folder " + folder + " can't be used: " + e, e);
        }
    }

    private static String running(Path folder) {
        Properties known = read(folder.resolve("running.properties"));
        return known.isEmpty()
                ? "."
                : ": " + known.getProperty("url") + " (process " + known.getProperty("process") + ").";
    }

    /** Tells others where this one can be reached. */
    void announce(String url) {
        Properties known = new Properties();
        known.setProperty("url", url);
        known.setProperty("process", Long.toString(ProcessHandle.current().pid()));
        write(known, folder.resolve("running.properties"));
    }

    /** A place in the folder; parents are made. */
    Path path(String first, String... more) {
        Path path = folder.resolve(Path.of(first, more));
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new StartFailure("Can't write to the data folder: " + e, e);
        }
        return path;
    }

    /** A secret that was made up when it was first asked for; only the owner of the folder can read it. */
    String secret(String name) {
        String known = secrets.getProperty(name);
        if (known == null) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            known = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            secrets.setProperty(name, known);
            write(secrets, folder.resolve("secrets.properties"));
        }
        return known;
    }

    /** The port of a server: the wanted one, else the one it had before, else the proposed one. Kept. */
    int port(String name, Integer wanted, int proposed) {
        String known = ports.getProperty(name);
        int port = wanted != null ? wanted : known != null ? Integer.parseInt(known) : proposed;
        if (!Integer.toString(port).equals(known)) {
            ports.setProperty(name, Integer.toString(port));
            write(ports, folder.resolve("ports.properties"));
        }
        return port;
    }

    /** Whether a file differs from what it was when this was asked last; true the first time. */
    boolean changed(Path file) {
        try {
            Path before = path("seen", file.getFileName().toString());
            boolean same = Files.exists(before) && Files.mismatch(before, file) < 0;
            Files.copy(file, before, StandardCopyOption.REPLACE_EXISTING);
            return !same;
        } catch (IOException e) {
            throw new StartFailure("Can't compare " + file + ": " + e, e);
        }
    }

    /** Writes settings that hold secrets: only the owner of the folder can read them. */
    static void write(Properties properties, Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            try (var out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new StartFailure("Can't write " + file + ": " + e, e);
        }
    }

    static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new StartFailure("Can't read " + file + ": " + e, e);
            }
        }
        return properties;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve("running.properties"));
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
