package org.rebill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes users and organizations in the running Keycloak, with the rights of the application's own admin client. */
final class TestUsers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static String token;

    private TestUsers() {}

    /** Users whose password is the user name. */
    static List<Account> create(String... names) {
        List<Account> accounts = new ArrayList<>();
        for (String name : names) {
            Account named = new Account(null, name);
            ObjectNode user = JSON.createObjectNode()
                    .put("username", name)
                    .put("enabled", true)
                    .put("email", named.email())
                    .put("emailVerified", true)
                    .put("firstName", "Test")
                    .put("lastName", name.substring(0, name.indexOf('-')));
            user.putArray("credentials")
                    .addObject()
                    .put("type", "password")
                    .put("value", name)
                    .put("temporary", false);
            String location = send("POST", "/users", user.toString())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            accounts.add(new Account(UUID.fromString(location.substring(location.lastIndexOf('/') + 1)), name));
        }
        return accounts;
    }

    /** A new organization with these members. */
    static void join(String slug, List<Account> accounts) {
        ObjectNode organization = JSON.createObjectNode()
                .put("name", "Firm " + slug)
                .put("alias", slug)
                .put("enabled", true);
        organization
                .putArray("domains")
                .addObject()
                .put("name", slug + ".example")
                .put("verified", false);
        send("POST", "/organizations", organization.toString());
        accounts.forEach(account -> addMember(slug, account));
    }

    static void addMember(String slug, Account account) {
        send("POST", "/organizations/" + organization(slug) + "/members", "\"" + account.id() + "\"");
    }

    private static String organization(String slug) {
        for (JsonNode found : json(send("GET", "/organizations?exact=false&search=" + slug, null))) {
            if (found.path("alias").asText().equals(slug)) {
                return found.path("id").asText();
            }
        }
        throw new IllegalStateException("Keycloak has no organization " + slug);
    }

    private static synchronized HttpResponse<String> send(String method, String path, String body) {
        if (token == null) {
            token = newToken();
        }
        HttpResponse<String> answer = call(method, path, body);
        if (answer.statusCode() == 401) {
            token = newToken();
            answer = call(method, path, body);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "Keycloak answered " + answer.statusCode() + " to " + method + " " + path + ": " + answer.body());
        }
        return answer;
    }

    private static HttpResponse<String> call(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(SharedServers.running().keycloak() + "/admin/realms/rebill" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        return send(request.method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String newToken() {
        String form = "grant_type=client_credentials&client_id=rebill-admin&client_secret="
                + SharedServers.running().adminSecret();
        return json(send(HttpRequest.newBuilder(Api.tokenAddress())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build()))
                .path("access_token")
                .asText();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("Keycloak does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("Not JSON: " + answer.body(), e);
        }
    }
}
