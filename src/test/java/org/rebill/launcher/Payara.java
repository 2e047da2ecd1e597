package org.rebill.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server with the application, on the loopback address. */
final class Payara implements AutoCloseable {
    static final String NAME = "payara";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Printed by Payara Micro whether or not the application could be deployed. */
    private static final String BOOTED = "ready in ";

    private static final Pattern CAUSED_BY = Pattern.compile("\nCaused by: ");
    private static final Pattern STACK = Pattern.compile("\n\\s+at |\n\\s+\\.\\.\\. ");
    private static final int UNAUTHORIZED = 401;

    private final ServerProcess process;

    private Payara(ServerProcess process) {
        this.process = process;
    }

    /**
     * Starts it and waits until the application says that it is ready.
     *
     * @param jar Payara Micro
     * @param war the application
     * @param sources folder with the server's own settings
     * @param settings the application's configuration; read from a file that only the owner can read, since everybody
     *     on the machine can see a command line
     */
    static Payara start(Home home, int port, Path jar, Path war, Path sources, Properties settings) {
        Path application = home.path(NAME, "rebill.war");
        Path server = home.path(NAME, jar.getFileName().toString());
        try {
            // Copies: the build may replace its files while the server runs.
            Files.copy(war, application, StandardCopyOption.REPLACE_EXISTING);
            if (!Files.exists(server) || Files.size(server) != Files.size(jar)) {
                Files.copy(jar, server, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StartFailure("The application can't be copied to the data folder: " + e, e);
        }
        Path root = home.path(NAME, "root");
        forget(root);
        Path configuration = home.path(NAME, "rebill.properties");
        Home.write(settings, configuration);
        ServerProcess process = ServerProcess.start(
                home,
                NAME,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        server.toString(),
                        "--rootdir",
                        root.toString(),
                        "--nocluster",
                        "--disablephonehome",
                        "--port",
                        Integer.toString(port),
                        "--prebootcommandfile",
                        sources.resolve("preboot.txt").toString(),
                        "--logproperties",
                        sources.resolve("logging.properties").toString(),
                        "--systemproperties",
                        configuration.toString(),
                        "--deploy",
                        application.toString()),
                Map.of(),
                root.getParent());
        try {
            URI url = URI.create("http://localhost:" + port);
            process.await(url.resolve("/health/ready"), Payara::ready, () -> deploymentFailure(process.log()));
            // The checks answer a moment before the addresses do.
            process.await(
                    url.resolve("/api/v1/me"),
                    answer -> answer.statusCode() == UNAUTHORIZED,
                    () -> deploymentFailure(process.log()));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return new Payara(process);
    }

    /** The server would first deploy what it ran last time. Its unpacked jars stay: they make the next start fast. */
    private static void forget(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> parts = Files.list(root)) {
            for (Path part : parts.filter(part -> !part.endsWith("runtime")).toList()) {
                Home.delete(part);
            }
        } catch (IOException e) {
            throw new StartFailure("The server's folder can't be emptied: " + e, e);
        }
    }

    /** Without an application the server says UP too, but names none of our checks. */
    static boolean ready(HttpResponse<String> answer) {
        return answer.statusCode() == 200 && answer.body().contains("\"application\"");
    }

    /** Once the server has booted without the application: the root of the first severe message. */
    static Optional<String> deploymentFailure(Path log) {
        String severe = null;
        String root = null;
        boolean booted = false;
        try (Stream<String> lines = Files.lines(log)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode entry = json(line);
                if (entry.path("Level").asText().equals("SEVERE")) {
                    severe = severe == null ? message(entry) : severe;
                    root = root == null ? cause(entry) : root;
                }
                booted |= entry.path("LogMessage").asText().contains(BOOTED);
            }
        } catch (IOException e) {
            return Optional.of("The server's log can't be read: " + e);
        }
        return booted && severe != null
                ? Optional.of(
                        "The application could not be deployed: " + severe + (root == null ? "" : "\nCause: " + root))
                : Optional.empty();
    }

    private static JsonNode json(String line) {
        if (!line.startsWith("{")) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException halfWritten) {
            return JSON.createObjectNode();
        }
    }

    private static String message(JsonNode entry) {
        String logged = entry.path("LogMessage").asText().strip();
        return logged.isEmpty() ? entry.path("Throwable").path("Exception").asText() : logged;
    }

    /** The innermost exception of an entry with its lines, or null. */
    private static String cause(JsonNode entry) {
        String[] causes =
                CAUSED_BY.split(entry.path("Throwable").path("StackTrace").asText(), -1);
        String innermost = STACK.split(causes[causes.length - 1], 2)[0].strip();
        return innermost.isEmpty() ? null : innermost;
    }

    boolean alive() {
        return process.alive();
    }

    @Override
    public void close() {
        process.close();
    }
}
