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
