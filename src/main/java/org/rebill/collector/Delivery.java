package org.rebill.collector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Sends what waits in a feed's journal, the oldest first, until the service says that it has committed it. */
final class Delivery {
    /** Several pieces go together up to this, in bytes, so that a week without network is caught up with in minutes. */
    static final int MOST_BYTES = 512 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_ANSWER = 300;
    private static final Set<Integer> NEVER_TAKEN = Set.of(400, 413, 415, 422);

    private final HttpClient http;
    private final URI records;
    private final String key;
    private final Journal journal;
    /** How many pieces are still to be sent alone. */
    private int oneByOne;

    /** What became of an attempt. */
    enum Outcome {
        NOTHING_WAITS,
        SENT,
        /** Not taken, and never will be: kept aside. */
        REFUSED,
        /** To be tried again later. */
        LATER
    }

    /**
     * An attempt.
     *
     * @param bytes that were sent
     * @param after before the next, when it is to be tried again and the service named a time; else zero
     * @param says for people
     */
    record Attempt(Outcome outcome, long bytes, Duration after, String says) {}

    Delivery(HttpClient http, URI service, String key, Journal journal) {
        this.http = http;
        this.records = service.resolve("/intake/v1/records");
        this.key = key;
        this.journal = journal;
    }

    /** Sends the oldest pieces once. */
    Attempt attempt() throws IOException, InterruptedException {
        List<Path> pieces = next();
        if (pieces.isEmpty()) {
            return new Attempt(Outcome.NOTHING_WAITS, 0, Duration.ZERO, "");
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long bytes = 0;
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            for (Path piece : pieces) {
                bytes += Files.copy(piece, gzip);
            }
        }
        HttpResponse<String> answer;
        try {
            answer = http.send(
                    HttpRequest.newBuilder(records)
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "text/plain")
                            .header("Content-Encoding", "gzip")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Attempt(
                    Outcome.LATER, 0, Duration.ZERO, "no connection to " + records.getHost() + " (" + why + ")");
        }
        return settled(answer, pieces, bytes);
    }

    private List<Path> next() throws IOException {
        List<Path> together = new ArrayList<>();
        long size = 0;
        for (Path piece : journal.waiting()) {
            size += Files.size(piece);
            if (!together.isEmpty() && size > MOST_BYTES) {
                break;
            }
            together.add(piece);
            if (oneByOne > 0 || !endsLine(piece)) {
                // Without a line end it was torn off in the middle of a record: what follows is no part of it.
                break;
            }
        }
        return together;
    }

    private static boolean endsLine(Path piece) throws IOException {
        byte[] bytes = Files.readAllBytes(piece);
        byte last = bytes[bytes.length - 1];
        return last == '\n' || last == '\r';
    }

    private Attempt settled(HttpResponse<String> answer, List<Path> pieces, long bytes) throws IOException {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            journal.sent(pieces);
            oneByOne = Math.max(0, oneByOne - 1);
            return new Attempt(Outcome.SENT, bytes, Duration.ZERO, "");
        }
        String says = "the service answered " + status + ": " + shortened(answer.body());
        if (!NEVER_TAKEN.contains(status)) {
            return new Attempt(Outcome.LATER, 0, retryAfter(answer), says);
        }
        if (pieces.size() > 1) {
            // One of them may be at fault: they go one by one for as many as were refused together.
            oneByOne = pieces.size();
            return new Attempt(Outcome.LATER, 0, Duration.ofMillis(1), says);
        }
        oneByOne = Math.max(0, oneByOne - 1);
        journal.refuse(pieces.get(0));
        return new Attempt(Outcome.REFUSED, 0, Duration.ZERO, says);
    }

    private static Duration retryAfter(HttpResponse<String> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("");
        return text.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
    }

    private static String shortened(String body) {
        String text = body.replaceAll("\\s+", " ").strip();
        return text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER) + "...";
    }
}
