package org.rebill.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A server in a process of its own, its output in a log file of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final long STOP_SECONDS = 20;
    private static final int TAIL_LINES = 25;

    private final String name;
    private final Process process;
    private final Path log;
    private final Path mark;

    private ServerProcess(String name, Process process, Path log, Path mark) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.mark = mark;
    }

    /** Starts a server; an earlier one of the same name that outlived a killed launcher is stopped first. */
    static ServerProcess start(
            Home home, String name, List<String> command, Map<String, String> environment, Path folder) {
        Path log = keepPrevious(home.path("logs", name + ".log"), home.path("logs", name + ".previous.log"));
        Path mark = home.path("processes", name);
        stopLeftOver(home, name);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            Files.writeString(mark, identity(process.toHandle()));
            return new ServerProcess(name, process, log, mark);
        } catch (IOException e) {
            throw new StartFailure(name + " can't be started: " + e, e);
        }
    }

    private static Path keepPrevious(Path log, Path previous) {
        try {
            if (Files.exists(log)) {
                Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
            }
            return log;
        } catch (IOException e) {
            throw new StartFailure("Can't write to the data folder: " + e, e);
        }
    }

    /** Runs a command to its end; fails when it fails. */
    static void run(Home home, String name, List<String> command, Map<String, String> environment, Path folder) {
        try (ServerProcess server = start(home, name, command, environment, folder)) {
            if (server.process.waitFor() != 0) {
                throw new StartFailure(name + " failed:\n" + server.tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while " + name + " ran", e);
        }
    }

    private static String identity(ProcessHandle handle) {
        return handle.pid() + " "
                + handle.info().startInstant().map(Object::toString).orElse("");
    }

    /** Stops what a launcher that was killed left behind, if the mark still means that very process. */
    static void stopLeftOver(Home home, String name) {
        Path mark = home.path("processes", name);
        if (!Files.exists(mark)) {
            return;
        }
        try {
            String known = Files.readString(mark);
            Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(known.split(" ", 2)[0]));
            if (handle.isPresent() && identity(handle.get()).equals(known)) {
                stop(handle.get());
            }
            Files.delete(mark);
        } catch (IOException e) {
            throw new StartFailure("Can't read " + mark + ": " + e, e);
        }
    }

    /** Asks all servers of this launcher to end but PostgreSQL, which starts in a moment and must not be cut short. */
    static void endStarted() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> !process.info().command().orElse("").contains("postgres"))
                .forEach(ProcessHandle::destroy);
    }

    /** Asks the process and those that it started to end, and ends them when they do not. */
    static void stop(ProcessHandle handle) {
        List<ProcessHandle> all =
                Stream.concat(handle.descendants(), Stream.of(handle)).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /**
     * Waits until the address answers as it should.
     *
     * @param failed tells early what went wrong, or empty while there is hope
     */
    void await(URI address, Predicate<HttpResponse<String>> good, Supplier<Optional<String>> failed) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < end) {
                if (!process.isAlive()) {
                    throw new StartFailure(name + " ended by itself (" + process.exitValue() + "):\n" + tail());
                }
                try {
                    if (good.test(client.send(request, HttpResponse.BodyHandlers.ofString()))) {
                        return;
                    }
                } catch (IOException notYet) {
                    // Asked again below; whoever never answers is told of at the end.
                }
                Optional<String> cause = failed.get();
                if (cause.isPresent()) {
                    throw new StartFailure(cause.get() + "\nIts log: " + log);
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while waiting for " + name, e);
        }
        throw new StartFailure(name + " did not answer at " + address + " within " + PATIENCE.toMinutes()
                + " minutes. The end of its log " + log + ":\n" + tail());
    }

    boolean alive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** The last lines of the log. */
    String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + " can't be read: " + e + ")";
        }
    }

    @Override
    public void close() {
        stop(process.toHandle());
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new StartFailure("Can't remove " + mark + ": " + e, e);
        }
    }
}
