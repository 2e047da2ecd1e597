package org.rebill.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;

/** Marks the addresses of styles and scripts, so that browsers keep them until the next start and not beyond. */
@Named("build")
@ApplicationScoped
public class Build {
    private final String version;

    @Inject
    Build(Clock clock) {
        version = Long.toString(clock.instant().getEpochSecond(), Character.MAX_RADIX);
    }

    public String getVersion() {
        return version;
    }
}
