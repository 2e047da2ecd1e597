package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.testing.Api;
import org.rebill.testing.TestFirm;

/** A firm whose clients have agreements, codes and calls in a month that is over: all by REST, from outside. */
public final class BilledFirm {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int TRIES = 240;

    private final TestFirm firm = TestFirm.create();
    private final Api owner = Api.as(firm.owner());
    private final Api clerk = Api.as(firm.clerk());
    private final YearMonth month = YearMonth.now(Clock.systemUTC()).minusMonths(2);
    private final String source;
    private int calls;

    /** A new one. */
    public BilledFirm() {
        source = made("/sources", Map.of("name", "Office", "format", "asterisk-cdr-csv", "areaCode", "512"))
                .path("id")
                .asText();
    }

    /** The firm itself. */
    public TestFirm firm() {
        return firm;
    }

    /** As its owner. */
    public Api owner() {
        return owner;
    }

    /** As its clerk. */
    public Api clerk() {
        return clerk;
    }

    /** The month of the calls. */
    public YearMonth month() {
        return month;
    }

    /** An address of this firm in the API. */
    public String at(String path) {
        return "/api/v1/firms/" + firm.slug() + path;
    }

    /** Posts as the clerk; what came back, which must not be refused. */
    public JsonNode made(String path, Object body) {
        Api.Answer answer = clerk.post(at(path), body);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 202);
        return answer.json();
    }

    /** Another client than the firm's own. */
    public UUID client(String name) {
        return UUID.fromString(made("/clients", Map.of("name", name, "address", "3 Test Street\nTestville"))
                .path("id")
                .asText());
    }

    /** Agrees on 250 an hour in tenths since before the month, and gives a code; the agreement's key. */
    public UUID agree(UUID client, String code) {
        String agreement = made(
                        "/agreements",
                        Map.of(
                                "clientId",
                                client,
                                "validFrom",
                                month.minusMonths(1).atDay(1).toString(),
                                "terms",
                                Map.of("hourlyRate", new BigDecimal("250"), "incrementSeconds", 360)))
                .path("id")
                .asText();
        made(
                "/agreements/" + agreement + "/versions/1/accept",
                Map.of(
                        "how",
                        "SIGNED",
                        "acceptedBy",
                        "Thomas Reyes",
                        "acceptedAt",
                        month.minusMonths(1)
                                .atDay(1)
                                .atTime(12, 0)
                                .toInstant(ZoneOffset.UTC)
                                .toString()));
        made("/codes", Map.of("code", code, "clientId", client));
        return UUID.fromString(agreement);
    }

    /** Brings in calls of so many seconds each under the code, made at the extension, and waits until they are read. */
    public void bring(String extension, String code, int... seconds) {
        List<String> records = new ArrayList<>();
        for (int talk : seconds) {
            records.add(record(extension, code, talk));
        }
        String file = clerk.upload(
                        at("/sources/" + source + "/files?name=Master.csv"),
                        String.join("", records).getBytes(StandardCharsets.UTF_8),
                        "text/csv")
                .json()
                .path("id")
                .asText();
        String state = "";
        for (int i = 0; i < TRIES && !state.equals("DONE"); i++) {
            pause();
            state = clerk.get(at("/files/" + file)).json().path("state").asText();
        }
        assertThat(state).isEqualTo("DONE");
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(250).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String record(String extension, String code, int talk) {
        LocalDateTime start = month.atDay(2 + calls / 200).atTime(15, 0).plusMinutes(calls % 200);
        calls++;
        String id = UUID.randomUUID().toString();
        return "\"" + code + "\",\"" + extension + "\",\"915125550144\",\"from-internal\",\"\"\"Test\"\" <" + extension
                + ">\",\"PJSIP/" + extension + "-0000001a\",\"PJSIP/trunk-0000001b\",\"Dial\","
                + "\"PJSIP/915125550144@trunk,300\",\"" + STAMP.format(start) + "\",\""
                + STAMP.format(start.plusSeconds(7)) + "\",\"" + STAMP.format(start.plusSeconds(7L + talk)) + "\","
                + (talk + 7) + "," + talk + ",\"ANSWERED\",\"DOCUMENTATION\",\"" + id + "\",\"\",\"\",\"" + id
                + "\",1\n";
    }

    /** Makes the month's drafts, or adds to them; the client's draft. */
    public String drafted(UUID client) {
        return drafted(client, month);
    }

    /** As {@link #drafted}, for the month after, which takes what came too late. */
    String nextDraft(UUID client) {
        return drafted(client, month.plusMonths(1));
    }

    private String drafted(UUID client, YearMonth of) {
        made("/statements/runs", Map.of("month", of.toString()));
        return clerk.get(at("/statements?state=DRAFT&client=" + client))
                .json()
                .at("/items/0/id")
                .asText();
    }

    /** Issues a draft; the statement. */
    public JsonNode issue(String statement) {
        return made("/statements/" + statement + "/issue", Map.of());
    }
}
