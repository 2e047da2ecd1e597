package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.rebill.call.AssembledCall;
import org.rebill.call.Assembly;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.Mapped;
import org.rebill.intake.format.MappingGuess;
import org.rebill.intake.format.ReadRecord;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.intake.format.RecordMapping;
import org.rebill.intake.format.RecordMapping.Layout;
import org.rebill.intake.format.RecordReader;
import org.rebill.intake.format.SourceSettings;
import org.rebill.platform.Refusal;

/** Learns formats that this build does not know, from a sample and what people say of it. Keeps nothing. */
@ApplicationScoped
public class Teacher {
    /** Longest sample in characters; of a longer one the beginning is enough. */
    public static final int MOST = 64 * 1024;

    private static final int SHOWN = 20;
    private static final int HEAD = 8192;

    private final RecordFormats formats;
    private final Clock clock;

    @Inject
    Teacher(RecordFormats formats, Clock clock) {
        this.formats = formats;
        this.clock = clock;
    }

    /**
     * What a sample seems to be.
     *
     * @param known the format of this build that surely knows it, or null
     */
    public record Taught(RecordFormat known, MappingGuess.Guess guess) {}

    /**
     * One record of a sample as it is understood.
     *
     * @param line number from 1
     * @param raw as it was written
     * @param call as if it were the only record of its call
     */
    public record Understood(long line, String raw, AssembledCall call) {}

    /**
     * One that is not understood.
     *
     * @param line number from 1
     * @param raw as it was written
     * @param detail what is wrong, where, and how to mend it
     */
    public record NotUnderstood(long line, String raw, String detail) {}

    /**
     * A sample by a mapping.
     *
     * @param records in the sample, left out ones too
     * @param understood how many are calls
     * @param ignored how many lines are left out: names, blank lines, and what the mapping says
     * @param missed how many are none of both
     * @param first at most 20 of those understood
     * @param firstMissed at most 20 of those missed
     */
    public record Preview(
            int records,
            int understood,
            int ignored,
            int missed,
            List<Understood> first,
            List<NotUnderstood> firstMissed) {
        public Preview {
            first = List.copyOf(first);
            firstMissed = List.copyOf(firstMissed);
        }
    }

    /**
     * Looks whether a format of this build knows a sample, and guesses what stands where.
     *
     * @throws Refusal.Invalid when there is nothing to look at
     */
    @Allow({Role.OWNER, Role.CLERK})
    public Taught guess(String sample) {
        byte[] bytes = checked(sample);
        Optional<RecordFormat> known = formats.recognise(Arrays.copyOf(bytes, Math.min(HEAD, bytes.length)));
        return new Taught(known.orElse(null), MappingGuess.of(sample));
    }

    /** Guesses again, with a layout that somebody told. */
    @Allow({Role.OWNER, Role.CLERK})
    public MappingGuess.Guess guess(String sample, Layout layout, boolean header) {
        checked(sample);
        return MappingGuess.of(sample, layout, header);
    }

    private byte[] checked(String sample) {
        if (sample == null || sample.isBlank()) {
            throw new Refusal.Invalid("sample", "sample.missing", "Paste some records, or choose a file of them.");
        }
        if (sample.length() > MOST) {
            throw new Refusal.TooLarge(
                    "sample",
                    "sample.large",
                    "A sample has at most " + MOST + " characters: its first lines are enough.");
        }
        byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
        Optional<String> refused = formats.get(Mapped.ID).refuses(Arrays.copyOf(bytes, Math.min(HEAD, bytes.length)));
        if (refused.isPresent()) {
            throw new Refusal.Invalid("sample", "sample.type", refused.get());
        }
        return bytes;
    }

    /**
     * Reads a sample by a mapping, as a file would be.
     *
     * @throws Refusal.Invalid when the mapping is wrong or not whole
     */
    @Allow({Role.OWNER, Role.CLERK})
    public Preview preview(String sample, String mapping, SourceSettings source) {
        byte[] bytes = checked(sample);
        RecordMapping.problem(mapping).ifPresent(problem -> {
            throw new Refusal.Invalid("mapping", "option.value", problem);
        });
        SourceSettings settings = new SourceSettings(
                new UUID(0, 0),
                source.zone(),
                source.stampsInUtc(),
                source.plan(),
                Map.of(Mapped.MAPPING.name(), mapping));
        RecordReader reader = formats.get(Mapped.ID)
                .read(new ByteArrayInputStream(bytes), settings, new FileStart(bytes, 0, 1, clock.instant()));
        Counting counting = new Counting(bytes, settings);
        try {
            for (Optional<ReadRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                counting.add(next.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counting.preview();
    }

    private static final class Counting {
        private final byte[] bytes;
        private final SourceSettings source;
        private final List<Understood> first = new ArrayList<>();
        private final List<NotUnderstood> firstMissed = new ArrayList<>();
        private int understood;
        private int ignored;
        private int missed;

        Counting(byte[] bytes, SourceSettings source) {
            this.bytes = bytes;
            this.source = source;
        }

        void add(ReadRecord record) {
            String raw = new String(bytes, (int) record.byteOffset(), (int) record.byteLength(), StandardCharsets.UTF_8)
                    .stripTrailing();
            if (record.content() instanceof ReadRecord.Part part) {
                understood++;
                if (first.size() < SHOWN) {
                    first.add(new Understood(record.lineNo(), raw, Assembly.of(List.of(part.leg()), source.plan(), 0)));
                }
            } else if (record.content() instanceof ReadRecord.Quarantined quarantined) {
                missed++;
                if (firstMissed.size() < SHOWN) {
                    firstMissed.add(new NotUnderstood(record.lineNo(), raw, quarantined.detail()));
                }
            } else {
                ignored++;
            }
        }

        Preview preview() {
            return new Preview(understood + ignored + missed, understood, ignored, missed, first, firstMissed);
        }
    }
}
