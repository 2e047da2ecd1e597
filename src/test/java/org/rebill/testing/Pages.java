package org.rebill.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieHandler;
import java.net.HttpCookie;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads pages as a signed-in browser without script would: fast, for tests that need no window. */
public final class Pages {
    private static final Pattern FORM = Pattern.compile("<form[^>]*\\baction=\"([^\"]+)\"");

    private final Cookies cookies = new Cookies();
    private final HttpClient http;

    private Pages(HttpClient.Redirect redirect) {
        http = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(redirect)
                .build();
    }

    /** Nobody; redirects are shown, not followed. */
    public static Pages anonymous() {
        return new Pages(HttpClient.Redirect.NEVER);
    }

    /** Signed in on Keycloak's pages; redirects are followed. */
    public static Pages as(Account account) {
        Pages pages = new Pages(HttpClient.Redirect.NORMAL);
        HttpResponse<String> answer = pages.get("/app/");
        for (String field : new String[] {"username", "password"}) {
            answer = pages.fill(answer, field, account.username());
        }
        if (!answer.uri().toString().startsWith(SharedServers.running().url().toString())) {
            throw new IllegalStateException("Not signed in, but at " + answer.uri() + ": " + answer.body());
        }
        return pages;
    }

    private HttpResponse<String> fill(HttpResponse<String> shown, String field, String value) {
        Matcher form = FORM.matcher(shown.body());
        if (!form.find() || !shown.body().contains("name=\"" + field + "\"")) {
            throw new IllegalStateException("No field " + field + " at " + shown.uri() + ": " + shown.body());
        }
        String body = field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** The page at that path, which begins with a slash. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(SharedServers.running().url() + path))
                .build());
    }

    /**
     * What script of a page would send.
     *
     * @param headers names and values in turn
     * @throws UncheckedIOException when the connection was cut
     */
    public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(SharedServers.running().url() + path))
                .method(method, body);
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    /**
     * Begins a request, then the connection breaks.
     *
     * @param promised length of the body, in bytes
     * @param sent the first bytes of the body; no more follow
     * @param headers names and values in turn
     */
    public void cut(String method, String path, int promised, byte[] sent, String... headers) {
        URI address = URI.create(SharedServers.running().url() + path);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nCookie: " + cookies.line() + "\r\nContent-Length: " + promised + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(sent);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As browsers do on localhost: cookies marked as secure are sent there without TLS too. */
    private static final class Cookies extends CookieHandler {
        private final Map<String, String> kept = new ConcurrentHashMap<>();

        @Override
        public Map<String, List<String>> get(URI address, Map<String, List<String>> request) {
            return Map.of("Cookie", List.of(line()));
        }

        String line() {
            return kept.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
        }

        @Override
        public void put(URI address, Map<String, List<String>> response) {
            response.forEach((header, values) -> {
                if (header.toLowerCase(Locale.ROOT).equals("set-cookie")) {
                    values.forEach(value -> HttpCookie.parse(value).forEach(this::keep));
                }
            });
        }

        private void keep(HttpCookie cookie) {
            if (cookie.hasExpired()) {
                kept.remove(cookie.getName());
            } else {
                kept.put(cookie.getName(), cookie.getValue());
            }
        }
    }
}
