package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rebill.call.AssembledCall;
import org.rebill.call.Assembly;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Part;

/**
 * Genuine records of a laboratory's exchange against what really happened there (samples/SOURCES.md): one call for each
 * true call, who talked with whom, under which code, answered or not, and how long by the called side's own clock.
 */
class AsteriskTruthTest {
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);

    /** Kinds whose talk the call records cannot tell to the second; the call must say so by a flag. */
    private static final Map<String, String> UNCERTAIN = new HashMap<>();

    /** Kinds whose calls carry flags though their talk is right, or that had none. */
    private static final Map<String, List<String>> FLAGGED = new HashMap<>();

    static {
        // Answer(), Read() or Authenticate() before Dial(): billsec counts from the prompt on.
        for (String kind : List.of(
                "read",
                "read_wrong_then_right",
                "authenticate",
                "authenticate_wrong_then_right",
                "fastagi",
                "fastagi_wrong_then_right",
                "hosted_099",
                "across_read")) {
            UNCERTAIN.put(kind, "prompt-in-talk");
        }
        // ForkCDR and ResetCDR put the prompt apart, but the new record begins answered: the ringing is in the talk.
        UNCERTAIN.put("fork_er", "prompt-in-talk");
        UNCERTAIN.put("fork_plain", "prompt-in-talk");
        UNCERTAIN.put("resetcdr", "prompt-in-talk");
        // The queue answered first; its members rang one after the other, so that nobody else's end tells the answer.
        UNCERTAIN.put("queue_linear", "prompt-in-talk");
        // The first telephone's answer is the answer of the record.
        UNCERTAIN.put("click_local", "click-to-call");
        UNCERTAIN.put("click_local_n", "click-to-call");
        UNCERTAIN.put("callfile_local_n", "click-to-call");
        // The channel is up when the next telephone rings.
        UNCERTAIN.put("blind_dtmf", "transferred");
        UNCERTAIN.put("blind_dtmf_by_caller_coded", "transferred");
        UNCERTAIN.put("blind_ami", "transferred");
        UNCERTAIN.put("redirect_ami", "transferred");
        UNCERTAIN.put("attended_dtmf", "transferred");

        FLAGGED.put("queue_ringall", List.of("answer-inferred"));
        FLAGGED.put("conference", List.of("conference"));
        for (String kind : List.of(
                "read_three_wrong",
                "read_hangup_in_prompt",
                "read_noanswer",
                "read_busy",
                "authenticate_three_wrong",
                "authenticate_busy",
                "fastagi_three_wrong",
                "fastagi_hangup",
                "voicemail_after_noanswer",
                "queue_abandon")) {
            FLAGGED.put(kind, List.of("answered-by-system"));
        }
    }

    /** A single row like that of any call that rang for two seconds: neither time nor flag can be had from it. */
    private static final String NOT_TO_BE_SEEN = "click_direct";

    /** Events of each channel were kept in this run only. */
    private static final String WITH_EVENTS = "asterisk-lab";

    /**
     * What events cannot tell: the others in a conference room have a call each of their own, so that when they came and
     * went is not among this call's events. The record tells the time in the room; without it the talk is not known.
     */
    private static final String NOT_BY_EVENTS = "conference";

    /** Codes that were changed while they talked: told by the events only, and right. */
    private static final Set<String> CODE_CHANGED = Set.of("midcall_ami", "midcall_ami_cdr");

    /** The longest that a telephone rang which a call was passed on to, of what the laboratory does not note. */
    private static final double RING = 4;

    /** Last but one column where there are ids. */
    private static final Pattern LINKED_ID = Pattern.compile(",\"([^\"]*\\d\\.\\d+)\",\\d+$");

    /** All on one exchange in Chicago: a day of many calls, the end of summer time, and midnight (there without ids). */
    private static final List<String> RUNS = List.of("asterisk-lab", "asterisk-lab/dst-fall", "asterisk-lab/midnight");

    /** The calls of a run, each under the names of its rows: their linkedid and {@code row} with a number from 0. */
    private static Map<String, Set<UUID>> idsByRow(String run, Map<UUID, List<Leg>> legs) {
        List<String> lines =
                new String(Reading.sample(run + "/Master.csv"), UTF_8).lines().toList();
        Map<String, Set<UUID>> byRow = new LinkedHashMap<>();
        for (ReadRecord record :
                Reading.read(new AsteriskCdrCsv(), Reading.sample(run + "/Master.csv"), Reading.CHICAGO)) {
            Leg leg = ((Part) record.content()).leg();
            legs.computeIfAbsent(leg.callId(), id -> new ArrayList<>()).add(leg);
            int row = (int) record.lineNo() - 1;
            Matcher ids = LINKED_ID.matcher(lines.get(row));
            String name = ids.find() ? ids.group(1) : "row" + row;
            byRow.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(leg.callId());
        }
        return byRow;
    }

    private static List<JsonNode> truth(String run) {
        return new String(Reading.sample(run + "/truth.jsonl"), UTF_8)
                .lines()
                .map(line -> {
                    try {
                        return new JsonMapper().readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @TestFactory
    Stream<DynamicTest> eachTrueCallIsOneCallAsItWas() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String run : RUNS) {
            Map<UUID, List<Leg>> legs = new LinkedHashMap<>();
            Map<String, Set<UUID>> byRow = idsByRow(run, legs);
            List<JsonNode> truths = truth(run);
            for (JsonNode truth : truths) {
                String name = run + " " + truth.get("id").asText() + " "
                        + truth.get("scenario").asText();
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    List<String> rows = texts(truth.get("linkedids"));
                    Set<UUID> ids = new LinkedHashSet<>();
                    rows.forEach(row -> ids.addAll(byRow.get(row)));
                    long alike = truths.stream()
                            .filter(other -> texts(other.get("linkedids")).equals(rows))
                            .count();
                    assertThat(ids).hasSize((int) alike);
                    for (UUID id : ids) {
                        check(truth, Assembly.of(legs.get(id), PLAN, 0));
                    }
                }));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> withEventsBesideItEachTrueCallIsExact() {
        return withEvents(true);
    }

    @TestFactory
    Stream<DynamicTest> eventsAloneTellEachTrueCallToo() {
        return withEvents(false);
    }

    private static Stream<DynamicTest> withEvents(boolean recorded) {
        Map<UUID, List<Leg>> legs = new LinkedHashMap<>();
        Map<String, Set<UUID>> byRow = idsByRow(WITH_EVENTS, legs);
        Map<UUID, List<Leg>> events = Reading.byCall(
                Reading.read(new AsteriskCdrCsv(), Reading.sample(WITH_EVENTS + "/cel.csv"), Reading.CHICAGO));
        assertThat(events.keySet()).isEqualTo(legs.keySet());
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode truth : truth(WITH_EVENTS)) {
            for (UUID id : byRow.get(truth.get("linkedids").get(0).asText())) {
                List<Leg> all = new ArrayList<>(events.get(id));
                if (recorded) {
                    all.addAll(legs.get(id));
                }
                String name =
                        truth.get("id").asText() + " " + truth.get("scenario").asText();
                tests.add(DynamicTest.dynamicTest(name, () -> checkExact(truth, Assembly.of(all, PLAN, 9), recorded)));
            }
        }
        return tests.stream();
    }

    /** The allowance for prompts takes nothing off: no call has one in its talk. */
    private static void checkExact(JsonNode truth, AssembledCall call, boolean recorded) {
        String kind = truth.get("scenario").asText();
        boolean answered = truth.get("outcome").asText().equals("answered");
        checkParties(truth, call, answered);
        assertThat(call.emergency()).isEqualTo(kind.equals("emergency"));
        assertThat(call.code())
                .isEqualTo(
                        truth.get("codes").isArray()
                                ? truth.get("codes").get(1).asText()
                                : truth.get("code").isNull()
                                        ? ""
                                        : truth.get("code").asText());
        if (kind.equals(NOT_BY_EVENTS)) {
            assertThat(call.flags()).containsExactly(recorded ? "conference" : "events-incomplete");
            assertThat(call.talkSeconds())
                    .isCloseTo(recorded ? truth.get("talk_s").asInt() : 0, within(1));
            return;
        }
        List<String> told = FLAGGED.getOrDefault(kind, List.of()).stream()
                .filter("answered-by-system"::equals)
                .toList();
        assertThat(call.flags()).isEqualTo(CODE_CHANGED.contains(kind) ? List.of("codes-differ") : told);
        if (answered) {
            checkExactTalk(truth, call, kind);
        } else {
            assertThat(call.talks()).isEmpty();
            assertThat(call.talkSeconds()).isZero();
        }
    }

    private static void checkExactTalk(JsonNode truth, AssembledCall call, String kind) {
        String first = truth.get("answered_by").asText();
        String last = texts(truth.get("reached")).stream()
                .filter(reached -> !reached.equals(first))
                .findFirst()
                .orElse("");
        switch (kind) {
            case "blind_dtmf", "blind_ami" ->
                // The caller talked with the one, then, when that one had rung, with the other.
                assertThat((double) call.talkSeconds())
                        .isCloseTo(clock(truth, first) + clock(truth, last), within(1.0));
            case "blind_dtmf_by_caller_coded" -> {
                // The caller's telephone passed the outside party on to another: each has the own time.
                Talk own = call.talks().get(0);
                Talk others = call.talks().get(1);
                assertThat(others.extension()).isEqualTo(last);
                assertThat((double) others.seconds()).isCloseTo(clock(truth, last), within(1.0));
                double before = clock(truth, first) - clock(truth, last);
                assertThat((double) own.seconds()).isBetween(before - RING, before);
            }
            case "attended_dtmf" -> {
                // With the first until that one asked the second, and with the second when the first was gone.
                double after = at(truth, "far_callee_down", last) - at(truth, "far_callee_down", first);
                double before = at(truth, "far_callee_up", last) - at(truth, "far_callee_up", first);
                assertThat((double) call.talkSeconds()).isBetween(after + before - RING - 1, after + before + 1);
            }
            default -> checkTalk(truth, call);
        }
    }

    /** Seconds by the called side's own clock. */
    private static double clock(JsonNode truth, String called) {
        return at(truth, "far_callee_down", called) - at(truth, "far_callee_up", called);
    }

    private static double at(JsonNode truth, String what, String called) {
        return truth.get(what).get(called).get(0).asDouble();
    }

    @Test
    void thereAreAsManyCallsAsTrueOnes() {
        for (String run : RUNS) {
            Map<UUID, List<Leg>> legs = new LinkedHashMap<>();
            idsByRow(run, legs);
            assertThat(legs).hasSameSizeAs(truth(run));
        }
    }

    private static void check(JsonNode truth, AssembledCall call) {
        String kind = truth.get("scenario").asText();
        boolean answered = truth.get("outcome").asText().equals("answered");
        checkParties(truth, call, answered);
        checkCode(truth, call, kind);
        if (UNCERTAIN.containsKey(kind)) {
            assertThat(call.flags()).containsExactly(UNCERTAIN.get(kind));
        } else {
            assertThat(call.flags()).isEqualTo(FLAGGED.getOrDefault(kind, List.of()));
        }
        assertThat(call.emergency()).isEqualTo(kind.equals("emergency"));
        if (!answered) {
            assertThat(call.talks()).isEmpty();
            assertThat(call.talkSeconds()).isZero();
            assertThat(call.answeredAt()).isNull();
            return;
        }
        assertThat(call.talks()).isNotEmpty();
        if (kind.equals("conference")) {
            assertThat(call.talkSeconds()).isCloseTo(truth.get("talk_s").asInt(), within(1));
        } else if (!UNCERTAIN.containsKey(kind) && !kind.equals(NOT_TO_BE_SEEN)) {
            checkTalk(truth, call);
        } else {
            // Never less than was talked, and never a talk twice.
            assertThat(call.talks().stream().map(Talk::extension)).doesNotHaveDuplicates();
            long wall = call.endedAt().getEpochSecond() - call.startedAt().getEpochSecond();
            assertThat(call.talks())
                    .allSatisfy(talk -> assertThat((long) talk.seconds()).isLessThanOrEqualTo(wall));
        }
    }

    private static void checkTalk(JsonNode truth, AssembledCall call) {
        String called = truth.get("answered_by").asText();
        JsonNode ups = truth.get("far_callee_up").get(called);
        JsonNode downs = truth.get("far_callee_down").get(called);
        double answer = call.answeredAt().getEpochSecond();
        int nearest = 0;
        for (int i = 1; i < ups.size(); i++) {
            boolean nearer = Math.abs(ups.get(i).asDouble() - answer)
                    < Math.abs(ups.get(nearest).asDouble() - answer);
            nearest = nearer ? i : nearest;
        }
        double up = ups.get(nearest).asDouble();
        assertThat(answer).isCloseTo(up, within(1.6));
        assertThat((double) call.talkSeconds()).isCloseTo(downs.get(nearest).asDouble() - up, within(1.0));
    }

    private static void checkParties(JsonNode truth, AssembledCall call, boolean answered) {
        String caller = truth.get("caller").asText();
        String dialled = truth.get("dialled").asText();
        String by = truth.get("answered_by").asText();
        List<String> reached = texts(truth.get("reached"));
        boolean inbound = caller.length() == 10;
        boolean outside =
                !inbound && (by.matches("\\d{10,}") || by.equals("911") || (!answered && dialled.length() > 4));
        if (truth.get("scenario").asText().equals("callfile_phone_noanswer")) {
            // The number that was to be called after the telephone answered stands in no record.
            assertThat(call.party()).isEmpty();
            assertThat(call.extension()).isEqualTo(caller);
            return;
        }
        assertThat(call.direction()).isEqualTo(inbound ? Direction.IN : outside ? Direction.OUT : Direction.INTERNAL);
        if (inbound) {
            assertThat(call.party()).isEqualTo("+1" + caller);
            assertThat(call.extension()).isEqualTo(by);
        } else if (outside) {
            assertThat(
                            call.talks().isEmpty()
                                    ? call.extension()
                                    : call.talks().get(0).extension())
                    .isEqualTo(caller);
            if (answered) {
                assertThat(call.party()).isEqualTo(e164(by));
            } else {
                assertThat(call.party()).endsWith(dialled.substring(dialled.length() - 10));
            }
        } else {
            assertThat(call.extension()).isEqualTo(caller);
            assertThat(call.party()).isEqualTo(dialled);
        }
        for (Talk talk : call.talks()) {
            assertThat(talk.extension())
                    .satisfiesAnyOf(own -> assertThat(own).isEqualTo(caller), own -> assertThat(reached)
                            .contains(own));
        }
    }

    private static String e164(String number) {
        return number.equals("911") ? number : number.startsWith("011") ? "+" + number.substring(3) : "+1" + number;
    }

    private static void checkCode(JsonNode truth, AssembledCall call, String kind) {
        if (kind.equals("late_h_exten")) {
            // Set after hang-up: no record carries it.
            assertThat(call.code()).isEmpty();
        } else if (truth.get("codes").isArray()) {
            // Changed during the call: the record has the last one.
            List<String> codes = texts(truth.get("codes"));
            assertThat(call.code()).isEqualTo(codes.get(codes.size() - 1));
        } else {
            assertThat(call.code())
                    .isEqualTo(
                            truth.get("code").isNull() ? "" : truth.get("code").asText());
        }
    }
}
