package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.rebill.identity.Caller;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.intake.format.RecordReader;

/**
 * Reads a kept file to its end, in batches: the one way, for the job that reads large files and for the request that
 * pushed a small one.
 */
@ApplicationScoped
class FileReading {
    private final IntakeFiles files;
    private final FileBytes bytes;
    private final RecordFormats formats;

    @Inject
    FileReading(IntakeFiles files, FileBytes bytes, RecordFormats formats) {
        this.files = files;
        this.bytes = bytes;
        this.formats = formats;
    }

    /**
     * Keeps a file and reads it to its end, in one transaction: all of it is there, or nothing. For files of a few
     * batches at most; fails when another request keeps the same bytes meanwhile.
     */
    @Transactional(rollbackOn = IOException.class)
    IntakeFile keepAndRead(UUID sourceId, String name, Spool spool, IntakeFile.Via via) throws IOException {
        // First what each batch locks first, so that two never wait for each other in a circle.
        files.hold(sourceId);
        IntakeFile file = files.put(sourceId, name, spool, via);
        read(file.id());
        return file;
    }

    /**
     * Reads on from where an earlier run stopped. Each batch is one transaction with the progress mark, unless the
     * caller has one that takes them all.
     */
    void read(UUID fileId) throws IOException {
        try {
            Caller.service("Rebill").call(() -> {
                Optional<IntakeFile> file = files.begin(fileId);
                if (file.isPresent()) {
                    read(file.get());
                }
                return null;
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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
        FeedWatch watch = new FeedWatch(source.settings().zone(), file.receivedAt());
        if (readAll(file, source, format.get(), watch)) {
            files.done(file.id(), source, watch.found());
        }
    }

    /**
     * The line on which the next record begins: several records may share one, as JSON objects do.
     *
     * @param before the byte before it; none at the start of the file
     * @param readLines the line on which the last record ended
     */
    static long nextLine(byte[] before, long readLines) {
        boolean sameLine = before.length == 1 && before[0] != '\n' && before[0] != '\r';
        return sameLine ? readLines : readLines + 1;
    }

    /** Whether the end was reached; if not, another run took over. */
    private boolean readAll(IntakeFile file, Source source, RecordFormat format, FeedWatch watch) throws IOException {
        long from = file.readBytes();
        long records = file.records();
        try (InputStream content = bytes.open(file.id(), from)) {
            byte[] head = bytes.slice(file.id(), 0, FileStart.HEAD_BYTES);
            byte[] before = from == 0 ? new byte[0] : bytes.slice(file.id(), from - 1, 1);
            RecordReader reader = format.read(
                    content,
                    source.settings(),
                    new FileStart(head, from, nextLine(before, file.readLines()), file.receivedAt()));
            Optional<RecordBatch> batch = RecordBatch.read(reader, from, records);
            while (batch.isPresent()) {
                if (!files.store(file.id(), source, batch.get())) {
                    return false;
                }
                watch.see(batch.get().legs());
                from = batch.get().toByte();
                records += batch.get().records();
                batch = RecordBatch.read(reader, from, records);
            }
        }
        return true;
    }
}
