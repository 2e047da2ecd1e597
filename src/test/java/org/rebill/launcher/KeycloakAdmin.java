package org.rebill.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The little that the launcher changes in a realm that is already there. */
final class KeycloakAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI keycloak;
    private final String user;
    private final String password;

    KeycloakAdmin(URI keycloak, String user, String password) {
        this.keycloak = keycloak;
        this.user = user;
        this.password = password;
    }

    /** Lets the log-in return to the application's address, which changes when another port is chosen. */
    void sendBackTo(URI application) {
        String clients = keycloak + "/admin/realms/" + Keycloak.REALM + "/clients";
        String token = token();
        ObjectNode client = (ObjectNode) call(token, HttpRequest.newBuilder(URI.create(clients + "?clientId=rebill")))
                .path(0);
        String callback = application + "/callback";
        if (client.path("redirectUris").path(0).asText().equals(callback)) {
            return;
        }
        client.putArray("redirectUris").add(callback);
        client.put("baseUrl", application + "/");
        client.withObject("/attributes").put("post.logout.redirect.uris", application + "/");
        call(
                token,
                HttpRequest.newBuilder(
                                URI.create(clients + "/" + client.path("id").asText()))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(client.toString())));
    }

    private String token() {
        String form =
                "grant_type=password&client_id=admin-cli&username=" + encode(user) + "&password=" + encode(password);
        return send(HttpRequest.newBuilder(URI.create(keycloak + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)))
                .path("access_token")
                .asText();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private JsonNode call(String token, HttpRequest.Builder request) {
        return send(request.header("Authorization", "Bearer " + token));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new StartFailure(
                        "Keycloak answered " + answer.statusCode() + " at " + answer.uri() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new StartFailure("Keycloak does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while asking Keycloak", e);
        }
    }
}
