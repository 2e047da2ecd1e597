package org.rebill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Asks the running application, with a real token of Keycloak or without one. Paths begin with a slash. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String token;

    private Api(String token) {
        this.token = token;
    }

    /** Nobody. */
    public static Api anonymous() {
        return new Api(null);
    }

    /** With that text as bearer token. */
    public static Api withToken(String token) {
        return new Api(token);
    }

    /** Signed in with the user's name and password, as a program would. */
    public static Api as(Account account) {
        String form = "grant_type=password&client_id=rebill-api&scope=" + encode("openid organization:*") + "&username="
                + encode(account.username()) + "&password=" + encode(account.username());
        Answer answer = send(HttpRequest.newBuilder(tokenAddress())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (answer.status() != 200) {
            throw new IllegalStateException("No token for " + account.username() + ": " + answer.text());
        }
        return new Api(answer.json().path("access_token").asText());
    }

    static URI tokenAddress() {
        return URI.create(SharedServers.running().keycloak() + "/realms/rebill/protocol/openid-connect/token");
    }

    /** The access token, or null. */
    public String token() {
        return token;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Sends a value as JSON; a text is sent as it stands. */
    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    /** Sends a value as JSON; a text is sent as it stands. */
    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    /** Sends a value as JSON (a text as it stands), with more headers: name, value, name, value … */
    public Answer send(String method, String path, Object body, String... headers) {
        HttpRequest.Builder request = request(path);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, json(body));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Sends a text under a media type. */
    Answer sendAs(String method, String path, String type, String body) {
        return send(
                request(path).header("Content-Type", type).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends bytes, such as a file, with more headers: name, value, name, value … */
    public Answer upload(String path, byte[] bytes, String type, String... headers) {
        return sendBytes("POST", path, type, bytes, headers);
    }

    /** Sends bytes under a media type, with more headers: name, value, name, value … */
    public Answer sendBytes(String method, String path, String type, byte[] bytes, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofString(
                    body instanceof String text ? text : JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(SharedServers.running().url() + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What came back. */
    public static final class Answer {
        private final HttpResponse<byte[]> response;

        private Answer(HttpResponse<byte[]> response) {
            this.response = response;
        }

        public int status() {
            return response.statusCode();
        }

        public HttpHeaders headers() {
            return response.headers();
        }

        /** The value of a header, or an empty text. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException("Not JSON: " + this, e);
            }
        }

        @Override
        public String toString() {
            return response.request().method() + " " + response.uri() + " -> " + status() + " " + text();
        }
    }
}
