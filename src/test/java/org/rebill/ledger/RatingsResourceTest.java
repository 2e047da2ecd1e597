package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Json;
import org.rebill.platform.Refusal;

/** The operation as its document goes in and comes out. */
class RatingsResourceTest {
    private static final String TENTHS =
            "{'currency': 'USD', 'hourlyRate': 250, 'incrementSeconds': 360, 'minimumSeconds': 360}";

    @Test
    void ratesEachCallAndAddsUp() throws JsonProcessingException {
        String document = written("{'terms': " + TENTHS
                + ", 'calls': [{'id': 'a', 'talkSeconds': 311}, {'talkSeconds': 361.9}, "
                + "{'talkSeconds': 15, 'answered': false}]}");
        // Decimals stay as they are printed.
        assertThat(document).contains("\"quantity\":0.1,\"unit\":\"HOUR\",\"unitRate\":250.00,\"amount\":25.00");
        JsonNode answer = json(document);
        JsonNode first = answer.at("/calls/0");
        assertThat(first.get("id").asText()).isEqualTo("a");
        assertThat(first.get("billedSeconds").asInt()).isEqualTo(360);
        assertThat(first.at("/explanation/0/rule").asText()).isEqualTo("TALK");
        assertThat(first.at("/words/0").asText()).isEqualTo("Talked 5:11.");
        assertThat(answer.at("/calls/1/talkSeconds").asInt()).isEqualTo(361);
        assertThat(answer.at("/calls/2/amount").decimalValue()).isZero();
        assertThat(answer.get("totals"))
                .isEqualTo(json(
                        "{'count': 3, 'talkSeconds': 687, 'billedSeconds': 1080, 'quantity': 0.3, 'amount': 75.00}"));
        assertThat(answer.get("cautions")).isEmpty();
    }

    @Test
    void tellsTheWordsInTheLanguageAskedFor() throws JsonProcessingException {
        JsonNode answer = rate("{'terms': " + TENTHS + ", 'locale': 'de-DE', 'calls': [{'talkSeconds': 311}]}");
        assertThat(answer.at("/calls/0/words/0").asText()).isEqualTo("Gespräch 5:11.");
    }

    @Test
    void tellsAllProblemsAtTheirFields() {
        assertThat(problems("{'terms': {'currency': 'USD', 'hourlyRate': 0, 'incrementSeconds': 0}, 'locale': 'x_y', "
                        + "'calls': [{'talkSeconds': 1}, {'talkSeconds': -1}, {}, {'talkSeconds': 1E+99}, null]}"))
                .extracting(Refusal.Problem::field, Refusal.Problem::code)
                .containsExactly(
                        tuple("terms.hourlyRate", "rate.range"),
                        tuple("terms.incrementSeconds", "increment.range"),
                        tuple("calls[1].talkSeconds", "talk.negative"),
                        tuple("calls[2].talkSeconds", "talk.missing"),
                        tuple("calls[3].talkSeconds", "talk.long"),
                        tuple("calls[4].talkSeconds", "talk.missing"),
                        tuple("locale", "locale.unreadable"));
        assertThat(problems("{}")).extracting(Refusal.Problem::code).containsExactly("terms.missing", "calls.missing");
    }

    @Test
    void takesTenThousandCallsAndNotOneMore() throws JsonProcessingException {
        String calls = String.join(",", Collections.nCopies(RatingsResource.MOST_CALLS, "{'talkSeconds': 311}"));
        String document = "{'terms': " + TENTHS + ", 'calls': [%s]}";
        assertThat(written(document.formatted(calls))).contains("\"amount\":250000.00}");
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> rate(document.formatted(calls + ",{'talkSeconds': 1}")));
        assertThat(refusal.status()).isEqualTo(413);
        assertThat(refusal.problems().get(0).field()).isEqualTo("calls");
    }

    private static JsonNode rate(String document) throws JsonProcessingException {
        return json(written(document));
    }

    private static String written(String document) throws JsonProcessingException {
        RatingsResource.Wanted wanted =
                Json.mapper().readValue(document.replace('\'', '"'), RatingsResource.Wanted.class);
        return Json.write(RatingsResource.rate(wanted, () -> Locale.US));
    }

    private static Iterable<Refusal.Problem> problems(String document) {
        return catchThrowableOfType(Refusal.Invalid.class, () -> rate(document)).problems();
    }

    private static JsonNode json(String document) throws JsonProcessingException {
        return Json.mapper().readTree(document.replace('\'', '"'));
    }
}
