package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.rebill.call.AssembledCall;
import org.rebill.call.Assembly;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Part;

/** Samples that were damaged: whatever comes, each byte is accounted for, and what is left makes sound calls. */
class AsteriskMutationsTest {
    private static final SourceSettings SOURCE =
            new SourceSettings(new UUID(1, 2), ZoneId.of("America/Chicago"), false);
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);
    private static final byte[] LAB = AsteriskCdrCsvTest.sample("asterisk-lab/Master.csv");
    private static final List<Leg> LAB_LEGS = legs(AsteriskCdrCsvTest.read(LAB, SOURCE));
    private static final byte[][] SAMPLES = {
        AsteriskCdrCsvTest.sample("asterisk/Master.csv"),
        AsteriskCdrCsvTest.sample("asterisk-lab/dst-fall/Master.csv"),
        AsteriskCdrCsvTest.sample("asterisk-lab/midnight/Master.csv"),
        Arrays.copyOfRange(LAB, 0, 6_000),
        Arrays.copyOfRange(LAB, LAB.length - 6_000, LAB.length)
    };

    /** How to damage bytes. */
    private enum Damage {
        FLIP_BITS,
        DROP_BYTES,
        CUT_LINE,
        JOIN_LINES,
        NUL_RUN,
        REPEAT_PIECE,
        DROP_QUOTE,
        ADD_QUOTE,
        OTHER_LINE_ENDS,
        OTHER_ENCODING,
        RANDOM_BYTES
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        return Arbitraries.of(Damage.class).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void eachByteOfADamagedFileIsAccountedFor(
            @ForAll @IntRange(max = 4) int sample, @ForAll("damages") List<Damage> damages, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = SAMPLES[sample].clone();
        for (Damage damage : damages) {
            bytes = damaged(bytes, damage, random);
        }
        List<ReadRecord> records = AsteriskCdrCsvTest.read(bytes, SOURCE);
        AsteriskCdrCsvTest.assertCovers(records, bytes);

        if (!records.isEmpty()) {
            int middle = random.nextInt(records.size());
            int offset = (int) records.get(middle).byteOffset();
            ByteArrayInputStream rest = new ByteArrayInputStream(bytes, offset, bytes.length - offset);
            assertThat(AsteriskCdrCsvTest.read(
                            rest, SOURCE, offset, records.get(middle).lineNo()))
                    .isEqualTo(records.subList(middle, records.size()));
        }
        for (List<Leg> legs : byCall(records).values()) {
            assertSound(legs, Assembly.of(legs, PLAN, 7));
        }
        new AsteriskCdrCsv().refuses(Arrays.copyOf(bytes, Math.min(bytes.length, 8192)));
    }

    /** A damaged line takes at most itself and, joined or quoted into one, its neighbour. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void oneFlippedByteSpoilsTwoRecordsAtMost(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = LAB.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        List<Leg> whole = new ArrayList<>(LAB_LEGS);
        List<Leg> left = legs(AsteriskCdrCsvTest.read(bytes, SOURCE));
        left.forEach(whole::remove);
        assertThat(whole).hasSizeLessThanOrEqualTo(2);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfLegsDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        for (List<Leg> legs : byCall(AsteriskCdrCsvTest.read(LAB, SOURCE)).values()) {
            List<Leg> shuffled = new ArrayList<>(legs);
            Collections.shuffle(shuffled, random);
            assertThat(Assembly.of(shuffled, PLAN, 3)).isEqualTo(Assembly.of(legs, PLAN, 3));
        }
    }

    /** Legs of different calls thrown together, as a wrong linkedid would: still no talk longer than time passed. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyLegsMakeASoundCall(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
        Random random = new Random(seed);
        List<Leg> all = new ArrayList<>(LAB_LEGS);
        Collections.shuffle(all, random);
        List<Leg> legs = all.subList(0, count);
        assertSound(legs, Assembly.of(legs, PLAN, 0));
    }

    private static void assertSound(List<Leg> legs, AssembledCall call) {
        int sum = 0;
        Set<String> phones = new HashSet<>();
        long wall = call.endedAt().getEpochSecond() - call.startedAt().getEpochSecond();
        int most = legs.stream().mapToInt(Leg::talkSeconds).sum();
        boolean sound = true;
        for (Talk talk : call.talks()) {
            sound &= talk.seconds() >= 0 && talk.seconds() <= Math.max(wall, most);
            sound &= !talk.answeredAt().isBefore(call.startedAt())
                    && !talk.answeredAt().isAfter(call.endedAt());
            sound &= phones.add(talk.extension());
            sum += talk.seconds();
        }
        sound &= call.talkSeconds() == sum;
        sound &= (call.answeredAt() == null) == call.talks().isEmpty();
        sound &= call.direction() != Direction.INTERNAL || call.talks().size() <= 1;
        assertThat(sound).as("%s of %s", call, legs).isTrue();
    }

    private static List<Leg> legs(List<ReadRecord> records) {
        List<Leg> legs = new ArrayList<>();
        for (ReadRecord record : records) {
            if (record.content() instanceof Part part) {
                legs.add(part.leg());
            }
        }
        return legs;
    }

    private static Map<UUID, List<Leg>> byCall(List<ReadRecord> records) {
        Map<UUID, Map<UUID, Leg>> once = new LinkedHashMap<>();
        for (Leg leg : legs(records)) {
            once.computeIfAbsent(leg.callId(), id -> new LinkedHashMap<>()).putIfAbsent(leg.id(), leg);
        }
        Map<UUID, List<Leg>> calls = new LinkedHashMap<>();
        once.forEach((id, legs) -> calls.put(id, new ArrayList<>(legs.values())));
        return calls;
    }

    private static byte[] damaged(byte[] bytes, Damage damage, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(200));
        return switch (damage) {
            case FLIP_BITS -> {
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield bytes;
            }
            case DROP_BYTES -> spliced(bytes, at, at + length, new byte[0]);
            case CUT_LINE -> Arrays.copyOf(bytes, at);
            case JOIN_LINES -> without(bytes, next(bytes, at, (byte) '\n'));
            case NUL_RUN -> spliced(bytes, at, at, new byte[length]);
            case REPEAT_PIECE -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case DROP_QUOTE -> without(bytes, next(bytes, at, (byte) '"'));
            case ADD_QUOTE -> spliced(bytes, at, at, new byte[] {'"'});
            case OTHER_LINE_ENDS -> {
                String lineEnd = List.of("\r", "\r\n", "\n\n", "\n\r").get(random.nextInt(4));
                yield new String(bytes, ISO_8859_1).replace("\n", lineEnd).getBytes(ISO_8859_1);
            }
            case OTHER_ENCODING -> {
                String text = new String(bytes, UTF_8);
                yield random.nextBoolean() ? text.getBytes(UTF_16LE) : text.getBytes(ISO_8859_1);
            }
            case RANDOM_BYTES -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                yield spliced(bytes, at, at, noise);
            }
        };
    }

    private static byte[] without(byte[] bytes, int at) {
        return at < 0 ? bytes : spliced(bytes, at, at + 1, new byte[0]);
    }

    private static int next(byte[] bytes, int from, byte wanted) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length);
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
