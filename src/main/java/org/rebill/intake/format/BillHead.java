package org.rebill.intake.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the beginning of a bill tells of all its lines: the code in force at each place, sums by code, and which line of
 * several alike one is. Made anew of the same bytes by each reader, so that one that begins in the middle knows the same.
 */
final class BillHead {
    /** Sums of calls. */
    static final class Sum {
        private int calls;
        private BigDecimal minutes = BigDecimal.ZERO;
        private BigDecimal amount = BigDecimal.ZERO;

        private void add(BillLine line) {
            calls++;
            minutes = minutes.add(line.minutes() == null ? BigDecimal.ZERO : line.minutes());
            amount = amount.add(line.amount() == null ? BigDecimal.ZERO : line.amount());
        }

        /** Whether a total says the same; what it does not say agrees. */
        boolean agrees(BillLine total) {
            return isSame(minutes, total.minutes()) && isSame(amount, total.amount());
        }

        private static boolean isSame(BigDecimal sum, BigDecimal said) {
            return said == null || sum.setScale(3, RoundingMode.HALF_UP).compareTo(said) == 0;
        }

        @Override
        public String toString() {
            return calls + (calls == 1 ? " call, " : " calls, ") + plain(minutes) + " minutes, " + plain(amount);
        }

        static String plain(BigDecimal number) {
            return number == null ? "nothing" : number.stripTrailingZeros().toPlainString();
        }
    }

    private final boolean whole;
    private final long end;
    private final TreeMap<Long, String> headings = new TreeMap<>();
    private final Map<String, Sum> sums = new HashMap<>();
    private final Map<Long, Integer> repeats = new HashMap<>();
    private final Sum all = new Sum();

    BillHead(byte[] head, Optional<BillColumns> columns) {
        whole = head.length < FileStart.HEAD_BYTES;
        end = head.length;
        Map<String, Integer> seen = new HashMap<>();
        FileStart start = new FileStart(head, 0, 1);
        BillCutter cutter = new BillCutter(new ByteArrayInputStream(head), start, columns);
        try {
            while (cutter.cut()) {
                BillLine line = cutter.line();
                if (line.kind() == BillLine.Kind.HEADING) {
                    headings.put(cutter.offset(), line.code());
                } else if (line.kind() == BillLine.Kind.CALL) {
                    String code = line.code().isEmpty() ? codeAt(cutter.offset()) : line.code();
                    sums.computeIfAbsent(code, key -> new Sum()).add(line);
                    all.add(line);
                    int before = seen.merge(code + " " + cutter.text(), 1, Integer::sum) - 1;
                    if (before > 0) {
                        repeats.put(cutter.offset(), before);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the bill is longer than what was looked at, and a place lies behind that. */
    boolean isBeyond(long offset) {
        return !whole && offset >= end;
    }

    boolean isWhole() {
        return whole;
    }

    boolean hasHeadings() {
        return !headings.isEmpty();
    }

    /** Code of the last heading before a place in the file; empty when none. */
    String codeAt(long offset) {
        Map.Entry<Long, String> heading = headings.floorEntry(offset);
        return heading == null ? "" : heading.getValue();
    }

    /** Sums of a code; of all calls for none. */
    Sum sum(String code) {
        return code.isEmpty() ? all : sums.getOrDefault(code, new Sum());
    }

    /** How many lines alike stand before. */
    int repeat(long offset) {
        return repeats.getOrDefault(offset, 0);
    }
}
