package org.rebill.intake.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a big Master.csv with all columns, as a firm of some forty telephones would make it: coded and uncoded calls
 * out, calls in to one telephone or a ring group, inner calls, busy and unanswered ones. The same seed gives the same
 * file. Stamps are UTC. Numbers are of the ranges kept for fiction (555-0100 to 555-0199).
 *
 * <p>Use: {@code new AsteriskFileGenerator(42).write(path, 200_000)}, or {@code main(path, records[, seed])}.
 */
public final class AsteriskFileGenerator {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> AREAS = List.of("212", "214", "312", "415", "512", "713", "773", "972");
    private static final long DAY = 86_400;

    private final SplittableRandom random;
    private final LocalDateTime first;
    private final int callsADay;
    private long sequence;
    private long channels;
    private long calls;
    private long now;

    public AsteriskFileGenerator(long seed) {
        this(seed, LocalDateTime.of(2026, 1, 5, 8, 0), 1_500);
    }

    /**
     * @param first start of the first call, UTC
     * @param callsADay spread over the day
     */
    public AsteriskFileGenerator(long seed, LocalDateTime first, int callsADay) {
        this.random = new SplittableRandom(seed);
        this.first = first;
        this.callsADay = callsADay;
        this.now = first.toEpochSecond(ZoneOffset.UTC);
    }

    /** What was written. */
    public record Written(long records, long calls, long bytes) {}

    /** Writes at least as many records as asked for; the last call is written whole. */
    public Written write(Path path, long records) {
        sequence = 0;
        channels = 0;
        calls = 0;
        now = first.toEpochSecond(ZoneOffset.UTC);
        long written = 0;
        try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            while (written < records) {
                written += call(out);
                calls++;
                now += 1 + random.nextLong(2 * DAY / callsADay);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return new Written(written, calls, Files.size(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int call(Writer out) throws IOException {
        int kind = random.nextInt(100);
        String phone = String.valueOf(201 + random.nextInt(40));
        String number = "1" + AREAS.get(random.nextInt(AREAS.size())) + "55501" + (10 + random.nextInt(90));
        String id = now + "." + channels;
        int ring = 1 + random.nextInt(20);
        int talk = talk();
        if (kind < 45) {
            String code = String.valueOf(1000 + random.nextInt(400));
            String dst = random.nextInt(5) == 0 ? "*72*" + code + "*" + number : "9" + number;
            row(
                    out,
                    code,
                    phone,
                    dst,
                    channel(phone),
                    channel("trunk"),
                    "Dial",
                    "PJSIP/" + number + "@trunk,300,T",
                    ring,
                    talk,
                    "ANSWERED",
                    id);
            return 1;
        }
        if (kind < 60) {
            row(
                    out,
                    "",
                    phone,
                    "9" + number,
                    channel(phone),
                    channel("trunk"),
                    "Dial",
                    "PJSIP/" + number + "@trunk,300,T",
                    ring,
                    talk,
                    "ANSWERED",
                    id);
            return 1;
        }
        if (kind < 75) {
            row(
                    out,
                    "",
                    number,
                    phone,
                    channel("trunk"),
                    channel(phone),
                    "Dial",
                    "PJSIP/" + phone + ",60,t",
                    ring,
                    talk,
                    "ANSWERED",
                    id);
            return 1;
        }
        if (kind < 83) {
            String trunk = channel("trunk");
            String targets = "PJSIP/201&PJSIP/202&PJSIP/203,25,tT";
            row(out, "", number, "600", trunk, channel("201"), "Dial", targets, ring, 0, "NO ANSWER", id);
            row(out, "", number, "600", trunk, channel("202"), "Dial", targets, ring, talk, "ANSWERED", id);
            row(out, "", number, "600", trunk, channel("203"), "Dial", targets, ring, 0, "NO ANSWER", id);
            return 3;
        }
        if (kind < 93) {
            String other = String.valueOf(241 + random.nextInt(9));
            row(
                    out,
                    "",
                    phone,
                    other,
                    channel(phone),
                    channel(other),
                    "Dial",
                    "PJSIP/" + other + ",20,tT",
                    ring,
                    talk,
                    "ANSWERED",
                    id);
            return 1;
        }
        if (kind < 96) {
            String own = channel(phone);
            row(
                    out,
                    "",
                    phone,
                    "9" + number,
                    own,
                    channel("trunk"),
                    "Dial",
                    "PJSIP/" + number + "@trunk,300,T",
                    0,
                    0,
                    "BUSY",
                    id);
            row(out, "", phone, "9" + number, own, "", "Busy", "2", 0, 0, "BUSY", id);
            return 2;
        }
        row(
                out,
                "",
                phone,
                "9" + number,
                channel(phone),
                channel("trunk"),
                "Dial",
                "PJSIP/" + number + "@trunk,300,T",
                ring,
                0,
                "NO ANSWER",
                id);
        return 1;
    }

    /** Seconds: many short, few long. */
    private int talk() {
        int most = random.nextInt(10) == 0 ? 3_600 : 600;
        return 5 + random.nextInt(most);
    }

    private String channel(String device) {
        return "PJSIP/" + device + "-" + String.format("%08x", channels++);
    }

    @SuppressWarnings("TooManyParameters")
    private void row(
            Writer out,
            String code,
            String src,
            String dst,
            String channel,
            String dstChannel,
            String app,
            String data,
            int ring,
            int talk,
            String disposition,
            String id)
            throws IOException {
        boolean answered = disposition.equals("ANSWERED");
        long answer = now + ring;
        long end = answer + talk;
        out.write("\"" + code + "\",\"" + src + "\",\"" + dst + "\",\"from-internal\",\"\"\"\"\" <" + src + ">\",\""
                + channel
                + "\",\"" + dstChannel + "\",\"" + app + "\",\"" + data + "\",\"" + stamp(now) + "\","
                + (answered ? "\"" + stamp(answer) + "\"" : "") + ",\"" + stamp(end) + "\"," + (ring + talk) + ","
                + talk
                + ",\"" + disposition + "\",\"DOCUMENTATION\",\"" + id + "\",\"\",\"" + code + "\",\"" + id + "\","
                + sequence++ + "\n");
    }

    private static String stamp(long second) {
        return STAMP.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }

    public static void main(String[] arguments) {
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 42;
        Written written = new AsteriskFileGenerator(seed).write(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        System.out.println(written);
    }
}
