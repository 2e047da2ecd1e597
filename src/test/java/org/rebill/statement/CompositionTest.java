package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Sha256;
import org.rebill.statement.Composition.Entry;
import org.rebill.statement.Composition.Heading;
import org.rebill.statement.StatementDocument.Line;
import org.rebill.statement.StatementDocument.Matter;

class CompositionTest {
    private static final Heading WALL = new Heading("2026-014", "Cedar Park retaining wall");
    private static final Heading LIEN = new Heading("2026-039", "Ranch Road 620 lien claims");
    private static final Heading NONE = new Heading("", "");
    private static final Instant DAY = Instant.parse("2026-10-02T15:00:00Z");

    private final UUID first = new UUID(1, 1);
    private final UUID second = new UUID(1, 2);
    private final UUID third = new UUID(1, 3);
    private final Map<UUID, List<byte[]>> records = Map.of(
            first,
            List.of(Sha256.of("a"), Sha256.of("b")),
            second,
            List.of(Sha256.of("c")),
            third,
            List.of(Sha256.of("d")));

    private static Line line(UUID call, int no, int minute, String hours, String rate, String amount) {
        BigDecimal quantity = new BigDecimal(hours);
        return new Line(
                call,
                no,
                DAY.plusSeconds(60L * minute),
                true,
                "(512) 555-0144",
                "Karin Lindqvist",
                100,
                quantity.multiply(BigDecimal.valueOf(3600)).intValueExact(),
                quantity,
                "HOUR",
                new BigDecimal(rate),
                new BigDecimal(amount));
    }

    private static Line minutes(UUID call, int billedSeconds) {
        return new Line(
                call,
                1,
                DAY,
                false,
                "",
                "Karin Lindqvist",
                billedSeconds,
                billedSeconds,
                BigDecimal.valueOf(billedSeconds / 60),
                "MINUTE",
                BigDecimal.ONE,
                new BigDecimal("1.00"));
    }

    @Test
    void groupsByMatterInTheOrderOfReferencesAndPutsTheOldestFirst() {
        List<Entry> entries = List.of(
                new Entry(line(third, 1, 30, "0.1", "145.00", "14.50"), LIEN, "1043"),
                new Entry(line(second, 1, 20, "0.2", "290.00", "58.00"), WALL, "1042"),
                new Entry(line(first, 1, 10, "0.1", "420.00", "42.00"), WALL, "0042"));

        List<Matter> matters = Composition.of(entries, 2, records).matters();

        assertThat(matters).extracting(Matter::reference).containsExactly("2026-014", "2026-039");
        assertThat(matters.get(0).lines()).extracting(Line::callId).containsExactly(first, second);
        assertThat(matters.get(0).codes()).containsExactly("0042", "1042");
        assertThat(matters.get(0).amount()).isEqualTo("100.00");
        assertThat(matters.get(0).hours()).isEqualByComparingTo("0.3");
        assertThat(matters.get(0).talkSeconds()).isEqualTo(200);
    }

    @Test
    void putsCallsForTheClientAsAWholeFirst() {
        List<Entry> entries = List.of(
                new Entry(line(first, 1, 10, "0.1", "420.00", "42.00"), WALL, "1042"),
                new Entry(line(second, 1, 20, "0.2", "290.00", "58.00"), NONE, "1000"));

        assertThat(Composition.of(entries, 2, records).matters())
                .extracting(Matter::reference)
                .containsExactly("", "2026-014");
    }

    @Test
    void totalIsTheSumOfTheLinesToTheCent() {
        Random random = new Random(4711);
        List<Entry> entries = new ArrayList<>();
        Map<UUID, List<byte[]>> hashes = new java.util.HashMap<>();
        long cents = 0;
        for (int i = 0; i < 2_000; i++) {
            UUID call = new UUID(7, i);
            hashes.put(call, List.of(Sha256.of("record " + i)));
            int amount = random.nextInt(1_000_000);
            cents += amount;
            entries.add(new Entry(
                    line(
                            call,
                            1,
                            i,
                            "0.1",
                            "1.00",
                            BigDecimal.valueOf(amount, 2).toPlainString()),
                    new Heading("M" + i % 7, "Matter"),
                    "1"));
        }

        Composition composition = Composition.of(entries, 2, hashes);

        assertThat(composition.total()).isEqualTo(BigDecimal.valueOf(cents, 2));
        assertThat(composition.matters().stream().map(Matter::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualTo(composition.total());
    }

    @Test
    void sumsCurrenciesWithoutMinorDigits() {
        Entry yen = new Entry(line(first, 1, 0, "0.1", "12000", "1200"), WALL, "1");

        assertThat(Composition.of(List.of(yen), 0, records).total()).isEqualTo(new BigDecimal("1200"));
    }

    @Test
    void refusesToRoundASum() {
        Entry broken = new Entry(line(first, 1, 0, "0.1", "1.00", "0.105"), WALL, "1");

        assertThatThrownBy(() -> Composition.of(List.of(broken), 2, records)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void hoursOfLinesInMinutesComeFromTheirBilledSeconds() {
        List<Entry> entries = List.of(
                new Entry(minutes(first, 600), WALL, "1"),
                new Entry(minutes(second, 600), WALL, "1"),
                new Entry(minutes(third, 600), WALL, "1"));

        assertThat(Composition.of(entries, 2, records).matters().get(0).hours()).isEqualByComparingTo("0.5");
    }

    @Test
    void evidenceIsTheHashOverTheRecordsHashesInTheOrderPrinted() {
        List<Entry> entries = new ArrayList<>(List.of(
                new Entry(line(second, 1, 20, "0.2", "290.00", "58.00"), WALL, "1042"),
                new Entry(line(first, 1, 10, "0.1", "420.00", "42.00"), WALL, "1042"),
                new Entry(line(third, 1, 0, "0.1", "145.00", "14.50"), LIEN, "1043")));
        MessageDigest expected = Sha256.digest();
        for (String record : List.of("a", "b", "c", "d")) {
            expected.update(Sha256.of(record));
        }
        String hash = HexFormat.of().formatHex(expected.digest());

        assertThat(Composition.of(entries, 2, records).evidence()).isEqualTo(hash);
        Collections.reverse(entries);
        assertThat(Composition.of(entries, 2, records).evidence()).isEqualTo(hash);
    }

    @Test
    void oneOtherByteInARecordIsAnotherEvidence() {
        List<Entry> entries = List.of(new Entry(line(second, 1, 20, "0.2", "290.00", "58.00"), WALL, "1042"));

        assertThat(Composition.of(entries, 2, records).evidence())
                .isNotEqualTo(Composition.of(entries, 2, Map.of(second, List.of(Sha256.of("C"))))
                        .evidence());
    }

    @Test
    void refusesALineWithoutASourceRecord() {
        List<Entry> entries = List.of(new Entry(line(second, 1, 20, "0.2", "290.00", "58.00"), WALL, "1042"));

        assertThatThrownBy(() -> Composition.of(entries, 2, Map.of())).hasMessageContaining(second.toString());
    }
}
