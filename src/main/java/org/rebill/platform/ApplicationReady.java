package org.rebill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the application is up as a whole: the server asks the checks while it is still deploying. */
@Readiness
@ApplicationScoped
public class ApplicationReady implements HealthCheck {
    private volatile boolean up;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        up = true;
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        up = false;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("application").status(up).build();
    }
}
