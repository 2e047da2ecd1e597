package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.rebill.platform.Job;

/** Reads a kept file to its end, in batches; goes on where a killed run stopped. */
@ApplicationScoped
public class ReadFileJob implements Job {
    static final String NAME = "read-file";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) {
        throw new UnsupportedOperationException();
    }
}
