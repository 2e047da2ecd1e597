package org.rebill.intake;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Master.csv files for tests, with all columns and stamps in UTC. Extension 101 is the test firm's professional. */
public final class MasterCsv {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 11, 2, 15, 0);

    private MasterCsv() {}

    /** A file of lines. */
    public static byte[] of(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The same lines in another order. */
    public static List<String> shuffled(List<String> lines, long seed) {
        List<String> other = new ArrayList<>(lines);
        Collections.shuffle(other, new Random(seed));
        return other;
    }

    /** Calls out of extension 101, a record each, with code 1042. */
    public static List<String> calls(int count) {
        return IntStream.range(0, count).mapToObj(no -> call(no, "1042", "101")).toList();
    }

    /** A call out, answered after 5 s, that talked 300 s. */
    public static String call(int no, String code, String extension) {
        return row(no, 0, code, extension, "15125550143", 300);
    }

    /** Calls in that let three telephones ring, of which the second answered: three records each. */
    public static List<String> rings(int from, int count) {
        return IntStream.range(from, from + count)
                .boxed()
                .flatMap(no -> IntStream.range(0, 3).mapToObj(leg -> ring(no, leg)))
                .toList();
    }

    /** One of the three records of such a call. */
    public static String ring(int no, int leg) {
        return row(no, leg, "", "15125550144", "10" + leg, leg == 1 ? 120 : 0);
    }

    private static String row(int no, int leg, String code, String src, String dst, int talk) {
        LocalDateTime start = FIRST.plusMinutes(no);
        LocalDateTime answer = start.plusSeconds(5);
        boolean out = src.length() == 3;
        String id = "1794000000." + no * 10;
        String channel = out ? "PJSIP/" + src : "PJSIP/trunk";
        String other = out ? "PJSIP/trunk" : "PJSIP/" + dst;
        return String.join(
                ",",
                quoted(code),
                quoted(src),
                quoted(out ? dst : "600"),
                quoted(out ? "from-internal" : "from-pstn"),
                "\"\"\"\"\" <" + src + ">\"",
                quoted(channel + String.format("-%08x", no * 10)),
                quoted(other + String.format("-%08x", no * 10 + leg + 1)),
                quoted("Dial"),
                quoted(out ? "PJSIP/" + dst + "@trunk,300,T" : "PJSIP/100&PJSIP/101&PJSIP/102,25,tT"),
                quoted(STAMP.format(start)),
                quoted(talk == 0 ? "" : STAMP.format(answer)),
                quoted(STAMP.format(answer.plusSeconds(talk))),
                Integer.toString(5 + talk),
                Integer.toString(talk),
                quoted(talk == 0 ? "NO ANSWER" : "ANSWERED"),
                quoted("DOCUMENTATION"),
                quoted(id),
                quoted(""),
                quoted(""),
                quoted(id),
                Integer.toString(no * 10 + leg));
    }

    private static String quoted(String value) {
        return "\"" + value + "\"";
    }
}
