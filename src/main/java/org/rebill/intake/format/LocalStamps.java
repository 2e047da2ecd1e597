package org.rebill.intake.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the instants of a record's local stamps (DOMAIN.md D6). In the hour that comes twice in autumn, what the record
 * itself says decides, in this order: start, end and duration must agree within 2 s; the call begins no earlier than
 * its channel was made, as soon after as can be; else the earlier of the two. A time that the clock skipped in spring is
 * moved on by the gap, unless end or duration show that the clock had been put forward already. Nothing of other records is used, so that a reader may begin anywhere.
 *
 * <p>Stamps are seconds since 1970-01-01 00:00:00 by the clock on the wall. Not for several threads.
 */
final class LocalStamps {
    /** No stamp. */
    static final long NONE = Long.MIN_VALUE;

    private static final long DAY = 86_400;
    private static final int REMEMBERED = 64;
    private static final int CHANGES = Integer.MIN_VALUE;
    private static final long AGREE = 2;

    private final ZoneRules rules;
    private final long[] days = new long[REMEMBERED];
    private final int[] offsets = new int[REMEMBERED];

    private long start;
    private long answer;
    private long end;

    LocalStamps(ZoneId zone, boolean utc) {
        rules = utc ? ZoneOffset.UTC.getRules() : zone.getRules();
        Arrays.fill(days, NONE);
    }

    /**
     * Finds the three instants of a record.
     *
     * @param localAnswer or {@link #NONE}
     * @param durationSeconds from start to end, as the phone system counted
     * @param talkSeconds from answer to end, as the phone system counted
     * @param madeAt epoch second at which the channel was made, or {@link #NONE} when not known
     */
    void resolve(
            long localStart, long localAnswer, long localEnd, long durationSeconds, long talkSeconds, long madeAt) {
        int first = offset(localStart);
        int last = offset(localEnd);
        if (first != CHANGES && first == last) {
            start = localStart - first;
            end = localEnd - first;
            answer = localAnswer == NONE ? NONE : localAnswer - first;
            return;
        }
        long[] starts = instants(localStart);
        long[] ends = instants(localEnd);
        long best = Long.MAX_VALUE;
        for (long from : starts) {
            for (long to : ends) {
                long apart = Math.abs(to - from - durationSeconds);
                long late = madeAt == NONE || madeAt - AGREE <= from ? 0 : 1;
                long score = (apart <= AGREE ? 0 : apart * 4) + late;
                if (score < best) {
                    best = score;
                    start = from;
                    end = to;
                }
            }
        }
        answer = localAnswer == NONE ? NONE : nearest(instants(localAnswer), end - talkSeconds);
    }

    /** Epoch second. */
    long start() {
        return start;
    }

    /** Epoch second, or {@link #NONE}. */
    long answer() {
        return answer;
    }

    /** Epoch second. */
    long end() {
        return end;
    }

    /** A local time alone: of an hour that came twice the earlier, a skipped one moved on by the gap. */
    Instant instant(LocalDateTime local) {
        return Instant.ofEpochSecond(instants(seconds(local))[0]);
    }

    /** Seconds since 1970-01-01 00:00:00 by the clock on the wall, as {@link #resolve} takes them. */
    static long seconds(LocalDateTime local) {
        return local.toEpochSecond(ZoneOffset.UTC);
    }

    private static long nearest(long[] choices, long wanted) {
        long nearest = choices[0];
        for (long choice : choices) {
            if (Math.abs(choice - wanted) < Math.abs(nearest - wanted)) {
                nearest = choice;
            }
        }
        return nearest;
    }

    /** The zone's offset in seconds on the stamp's day, or {@link #CHANGES}. */
    private int offset(long local) {
        long day = Math.floorDiv(local, DAY);
        int slot = (int) (day & (REMEMBERED - 1));
        if (days[slot] != day) {
            days[slot] = day;
            offsets[slot] = offsetOfDay(day);
        }
        return offsets[slot];
    }

    private int offsetOfDay(long day) {
        List<ZoneOffset> atFirst = offsetsAt(day * DAY);
        List<ZoneOffset> atLast = offsetsAt((day + 1) * DAY);
        if (atFirst.size() != 1 || atLast.size() != 1 || !atFirst.get(0).equals(atLast.get(0))) {
            return CHANGES;
        }
        int offset = atFirst.get(0).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(day * DAY - offset));
        boolean changes = next != null && next.toEpochSecond() <= (day + 1) * DAY - offset;
        return changes ? CHANGES : offset;
    }

    private List<ZoneOffset> offsetsAt(long local) {
        return rules.getValidOffsets(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC));
    }

    /** One or two instants at which the clock showed this, the likelier first: of an hour that came twice the earlier. */
    private long[] instants(long local) {
        List<ZoneOffset> valid = offsetsAt(local);
        if (valid.size() == 2) {
            long one = local - valid.get(0).getTotalSeconds();
            long other = local - valid.get(1).getTotalSeconds();
            return new long[] {Math.min(one, other), Math.max(one, other)};
        }
        if (valid.size() == 1) {
            return new long[] {local - valid.get(0).getTotalSeconds()};
        }
        // Moved on by the gap; or, where the record's other times ask for it, as a clock that was already put forward.
        ZoneOffsetTransition gap = rules.getTransition(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC));
        return new long[] {
            local - gap.getOffsetBefore().getTotalSeconds(),
            local - gap.getOffsetAfter().getTotalSeconds()
        };
    }

    /**
     * Reads {@code 2026-09-01 09:02:11}.
     *
     * @return {@link #NONE} when it is not such a stamp, or not a time of the years 1991 to 2099
     */
    static long parse(byte[] bytes, int from, int to) {
        if (to - from != 19
                || bytes[from + 4] != '-'
                || bytes[from + 7] != '-'
                || bytes[from + 10] != ' '
                || bytes[from + 13] != ':'
                || bytes[from + 16] != ':') {
            return NONE;
        }
        int year = two(bytes, from) * 100 + two(bytes, from + 2);
        int month = two(bytes, from + 5);
        int day = two(bytes, from + 8);
        int hour = two(bytes, from + 11);
        int minute = two(bytes, from + 14);
        int second = two(bytes, from + 17);
        if (year < 1991 || year > 2099 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            return NONE;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return NONE;
        }
        return epochDay(year, month, day) * DAY + hour * 3600L + minute * 60L + second;
    }

    /** Two digits, or a number far below zero. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : tens * 10 + ones;
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 4, 6, 9, 11 -> 30;
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            default -> 31;
        };
    }

    /** Days since 1970-01-01, by counting the year from March on. */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int m = month <= 2 ? month + 9 : month - 3;
        long dayOfYear = (153L * m + 2) / 5 + day - 1;
        return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
    }
}
