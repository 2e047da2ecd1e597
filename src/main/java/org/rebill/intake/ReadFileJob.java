package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.rebill.identity.Caller;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.intake.format.RecordReader;
import org.rebill.platform.Job;

/**
 * Reads a kept file to its end, in batches. Each batch is one transaction with the progress mark, so that a run goes on
 * where a killed one stopped.
 */
@ApplicationScoped
public class ReadFileJob implements Job {
    static final String NAME = "read-file";

    private final IntakeFiles files;
    private final FileBytes bytes;
    private final RecordFormats formats;

    @Inject
    ReadFileJob(IntakeFiles files, FileBytes bytes, RecordFormats formats) {
        this.files = files;
        this.bytes = bytes;
        this.formats = formats;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) throws Exception {
        Caller.service("Rebill").call(() -> {
            Optional<IntakeFile> file = files.begin(id);
            if (file.isPresent()) {
                read(file.get());
            }
            return null;
        });
    }

    private void read(IntakeFile file) throws IOException {
        Source source = files.source(file.sourceId());
        Optional<RecordFormat> format = formats.find(source.format());
        if (format.isEmpty()) {
            files.failed(
                    file.id(),
                    "This version of Rebill does not read the record format '" + source.format()
                            + "'. The bytes are kept; a version that reads it can take them from here.");
            return;
        }
        try {
            if (readAll(file, source, format.get())) {
                files.done(file.id());
            }
        } catch (IOException | RuntimeException e) {
            // A fault of ours or of the database, not of the file: told on its page, and tried again.
            files.stopped(
                    file.id(), "Reading stopped (" + e.getClass().getSimpleName() + ") and is tried again by itself.");
            throw e;
        }
    }

    /** Whether the end was reached; if not, another run took over. */
    private boolean readAll(IntakeFile file, Source source, RecordFormat format) throws IOException {
        long from = file.readBytes();
        long records = file.records();
        try (InputStream content = bytes.open(file.id(), from)) {
            byte[] head = bytes.slice(file.id(), 0, FileStart.HEAD_BYTES);
            RecordReader reader = format.read(
                    content, source.settings(), new FileStart(head, from, file.readLines() + 1, file.receivedAt()));
            Optional<RecordBatch> batch = RecordBatch.read(reader, from, records);
            while (batch.isPresent()) {
                if (!files.store(file.id(), source, batch.get())) {
                    return false;
                }
                from = batch.get().toByte();
                records += batch.get().records();
                batch = RecordBatch.read(reader, from, records);
            }
        }
        return true;
    }
}
