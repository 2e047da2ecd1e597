package org.rebill.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.platform.Sha256;
import org.rebill.statement.StatementDocument.Line;
import org.rebill.statement.StatementDocument.Matter;

/** Puts charges into the order in which they are printed, and sums them. Pure. */
final class Composition {
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
    private static final Comparator<Entry> OLDEST_FIRST = Comparator.comparing(
                    (Entry entry) -> entry.line().at())
            .thenComparing(entry -> entry.line().callId())
            .thenComparing(entry -> entry.line().chargeNo());

    private final List<Matter> matters;
    private final BigDecimal total;
    private final String evidence;

    /**
     * A line and what it hangs on.
     *
     * @param heading of the matter it is for
     * @param code as dialled or given
     */
    record Entry(Line line, Heading heading, String code) {}

    /**
     * A matter's head on the statement.
     *
     * @param reference empty for the client as a whole
     */
    record Heading(String reference, String name) {}

    private Composition(List<Matter> matters, BigDecimal total, String evidence) {
        this.matters = matters;
        this.total = total;
        this.evidence = evidence;
    }

    /**
     * Groups by matter in the order of references, the client as a whole first; oldest lines first.
     *
     * @param minorDigits of the currency
     * @param records hashes of the source records, by call
     */
    static Composition of(List<Entry> entries, int minorDigits, Map<UUID, List<byte[]>> records) {
        Map<Heading, List<Entry>> groups = entries.stream().collect(Collectors.groupingBy(Entry::heading));
        List<Matter> matters = groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(Heading::reference).thenComparing(Heading::name)))
                .map(group -> matter(group.getKey(), group.getValue(), minorDigits))
                .toList();
        return new Composition(matters, sum(matters, Matter::amount, minorDigits), evidence(matters, records));
    }

    private static Matter matter(Heading heading, List<Entry> entries, int minorDigits) {
        List<Line> lines =
                entries.stream().sorted(OLDEST_FIRST).map(Entry::line).toList();
        return new Matter(
                heading.reference(),
                heading.name(),
                entries.stream()
                        .map(Entry::code)
                        .filter(code -> !code.isEmpty())
                        .distinct()
                        .sorted()
                        .toList(),
                lines,
                lines.stream().mapToInt(Line::talkSeconds).sum(),
                hours(lines),
                sum(lines, Line::amount, minorDigits));
    }

    private static <T> BigDecimal sum(List<T> parts, Function<T, BigDecimal> amount, int minorDigits) {
        // Each line was rounded once; a sum that needed rounding again would be a fault (DOMAIN.md D4).
        return parts.stream()
                .map(amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(minorDigits, RoundingMode.UNNECESSARY);
    }

    /** The sum of what is printed where hours are; else of the billed seconds. */
    static BigDecimal hours(List<Line> lines) {
        BigDecimal printed = BigDecimal.ZERO;
        long seconds = 0;
        for (Line line : lines) {
            if (line.unit().equals("HOUR")) {
                printed = printed.add(line.quantity());
            } else {
                seconds += line.billedSeconds();
            }
        }
        return printed.add(BigDecimal.valueOf(seconds).divide(SECONDS_PER_HOUR, 2, RoundingMode.HALF_UP));
    }

    /**
     * SHA-256 over the SHA-256 of each source record, line by line in the order printed; the records of a call that has
     * two lines count at each.
     */
    static String evidence(List<Matter> matters, Map<UUID, List<byte[]>> records) {
        MessageDigest all = Sha256.digest();
        for (Matter matter : matters) {
            for (Line line : matter.lines()) {
                List<byte[]> hashes = Objects.requireNonNull(
                        records.get(line.callId()), () -> "No source record of call " + line.callId());
                hashes.forEach(all::update);
            }
        }
        return HexFormat.of().formatHex(all.digest());
    }

    List<Matter> matters() {
        return new ArrayList<>(matters);
    }

    BigDecimal total() {
        return total;
    }

    String evidence() {
        return evidence;
    }
}
