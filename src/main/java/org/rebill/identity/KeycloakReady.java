package org.rebill.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when Keycloak's realm answers within two seconds: without it nobody can sign in. */
@Readiness
@ApplicationScoped
public class KeycloakReady implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(KeycloakReady.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @Inject
    private LogIn logIn;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("keycloak").status(answers()).build();
    }

    private boolean answers() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(logIn.getIssuer()))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Keycloak does not answer", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
