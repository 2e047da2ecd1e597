package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;
import org.rebill.platform.Job;

/** Reads a kept file in the background; a run goes on where a killed one stopped. */
@ApplicationScoped
public class ReadFileJob implements Job {
    static final String NAME = "read-file";

    private final IntakeFiles files;
    private final FileReading reading;

    @Inject
    ReadFileJob(IntakeFiles files, FileReading reading) {
        this.files = files;
        this.reading = reading;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) throws Exception {
        try {
            reading.read(id);
        } catch (IOException | RuntimeException e) {
            // A fault of ours or of the database, not of the file: told on its page, and tried again.
            files.stopped(id, "Reading stopped (" + e.getClass().getSimpleName() + ") and is tried again by itself.");
            throw e;
        }
    }
}
