package org.rebill.collector;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The program: {@code java -jar rebill-collector.jar collector.properties} works until it is stopped and shows a line of
 * status for each feed when it changes; {@code --status collector.properties} shows the lines of the running one.
 */
public final class Collector implements AutoCloseable {
    private static final String STATUS = "status.txt";
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final long SECOND_MILLIS = 1_000;
    private static final long SHOWN_EVERY = 10;

    private final Path folder;
    private final FileChannel lockFile;
    private final List<FeedWorker> workers = new ArrayList<>();

    private Collector(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** Runs until the process is stopped; ends with 1 and a message when the configuration can't be used. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean status = arguments.length == 2 && arguments[0].equals("--status");
        if (!status && arguments.length != 1) {
            System.err.println("java -jar rebill-collector.jar [--status] collector.properties");
            System.exit(2);
        }
        try {
            Settings settings = Settings.read(Path.of(arguments[arguments.length - 1]));
            if (status) {
                Path lines = settings.folder().resolve(STATUS);
                System.out.print(Files.exists(lines) ? Files.readString(lines) : "The collector has not run yet.\n");
                return;
            }
            Collector collector = start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(collector::closeQuietly, "stop"));
            collector.show();
        } catch (SettingsProblem e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts all feeds.
     *
     * @throws SettingsProblem when a feed's settings are wrong, or another collector uses the folder
     */
    static Collector start(Settings settings) throws SettingsProblem, IOException {
        Files.createDirectories(settings.folder());
        FileChannel lockFile = FileChannel.open(
                settings.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(lockFile)) {
            lockFile.close();
            throw new SettingsProblem("A collector is already running with the folder " + settings.folder() + ".");
        }
        Collector collector = new Collector(settings.folder(), lockFile);
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            for (Settings.Feed feed : settings.feeds()) {
                collector.workers.add(FeedWorker.start(settings, feed, http, Clock.systemUTC()));
            }
        } catch (SettingsProblem | IOException e) {
            collector.close();
            throw e;
        }
        return collector;
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    List<FeedWorker> workers() {
        return List.copyOf(workers);
    }

    /** The file of status is of this second; the screen gets what changed, no more than once in ten. */
    private void show() throws IOException, InterruptedException {
        String shown = "";
        for (long second = 0; true; second++) {
            String now = status();
            Files.writeString(folder.resolve(STATUS), now, StandardCharsets.UTF_8);
            if (second % SHOWN_EVERY == 0 && !now.equals(shown)) {
                System.out.print(now);
                shown = now;
            }
            Thread.sleep(SECOND_MILLIS);
        }
    }

    /** A line for each feed. */
    String status() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (FeedWorker worker : workers) {
            lines.append(worker.status()).append('\n');
        }
        return lines.toString();
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            System.err.println("The journal could not be closed: " + e.getMessage());
        }
    }

    /** Ends all feeds; what came is kept and sent at the next start. */
    @Override
    public void close() throws IOException {
        for (FeedWorker worker : workers) {
            worker.close();
        }
        lockFile.close();
    }
}
