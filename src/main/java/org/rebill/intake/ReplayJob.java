package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rebill.call.IncomingLeg;
import org.rebill.identity.Caller;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.ReadRecord;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.intake.format.RecordReader;
import org.rebill.platform.Job;

/**
 * Reads the quarantined records of a file again, with the source's settings as they are now, or by a later version of
 * the format. A record that can be read joins its call as if it had just come; one that can't stays. Records that were
 * read before are not touched. Each batch is one transaction, so that a run goes on where a killed one stopped.
 */
@ApplicationScoped
public class ReplayJob implements Job {
    static final String NAME = "replay-file";
    private static final int TOGETHER = 5_000;
    private static final int AHEAD = 10_000;

    private final IntakeFiles files;
    private final FileBytes bytes;
    private final RecordFormats formats;

    @Inject
    ReplayJob(IntakeFiles files, FileBytes bytes, RecordFormats formats) {
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
            Optional<IntakeFile> file = files.beginReplay(id);
            if (file.isPresent()) {
                replay(file.get());
            }
            return null;
        });
    }

    private void replay(IntakeFile file) throws IOException {
        Source source = files.source(file.sourceId());
        RecordFormat format = formats.get(source.format());
        Deque<IntakeRecord> wanted = new ArrayDeque<>(files.quarantined(file.id(), 0, AHEAD));
        List<IncomingLeg> legs = new ArrayList<>();
        List<Long> ignored = new ArrayList<>();
        byte[] head = bytes.slice(file.id(), 0, FileStart.HEAD_BYTES);
        try (InputStream content = bytes.open(file.id(), 0)) {
            RecordReader reader = format.read(content, source.settings(), new FileStart(head, 0, 1, file.receivedAt()));
            Optional<ReadRecord> next = reader.next();
            while (next.isPresent() && !wanted.isEmpty()) {
                ReadRecord record = next.get();
                // Other settings may cut other records: only one that is still the same bytes is the same record.
                while (!wanted.isEmpty() && wanted.peek().byteOffset() < record.byteOffset()) {
                    advance(file.id(), wanted);
                }
                if (!wanted.isEmpty()
                        && wanted.peek().byteOffset() == record.byteOffset()
                        && wanted.peek().byteLength() == record.byteLength()) {
                    sort(record, wanted.peek().recordNo(), legs, ignored);
                    advance(file.id(), wanted);
                }
                if (legs.size() + ignored.size() >= TOGETHER) {
                    files.mend(file.id(), source, legs, ignored);
                    legs.clear();
                    ignored.clear();
                }
                next = reader.next();
            }
        }
        if (!legs.isEmpty() || !ignored.isEmpty()) {
            files.mend(file.id(), source, legs, ignored);
        }
        files.replayed(file.id(), file.sourceId());
    }

    private void advance(UUID fileId, Deque<IntakeRecord> wanted) {
        IntakeRecord done = wanted.remove();
        if (wanted.isEmpty()) {
            wanted.addAll(files.quarantined(fileId, done.recordNo(), AHEAD));
        }
    }

    private static void sort(ReadRecord record, long recordNo, List<IncomingLeg> legs, List<Long> ignored) {
        List<RecordBatch.Other> others = new ArrayList<>(1);
        RecordBatch.sort(record, recordNo, legs, others);
        for (RecordBatch.Other other : others) {
            if (other.outcome() == IntakeRecord.Outcome.IGNORED) {
                ignored.add(recordNo);
            }
        }
    }
}
