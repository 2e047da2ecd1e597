package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.ledger.CallFacts.TalkFacts;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;
import org.rebill.rating.Quantity;
import org.rebill.rating.Rounding;
import org.rebill.rating.Terms;

/** Charges on the real schema: computed anew, never doubled, never changed once issued. */
class ChargeWriterTest {
    private static final UUID SOURCE = new UUID(4, 1);
    private static final Instant NOON = Instant.parse("2026-10-12T17:00:00Z");
    private static final UUID VERSION = new UUID(3, 1);

    private final BareDatabase database = BareDatabase.get();
    private final UUID barton = UUID.randomUUID();
    private final UUID wexler = UUID.randomUUID();
    private final UUID statement = UUID.randomUUID();
    private NewFirm firm;
    private String rate = "290.00";
    private String currency = "USD";

    @BeforeEach
    void firm() throws Exception {
        firm = database.newFirm();
        database.in(firm.id(), connection -> {
            try (var months = connection.prepareStatement("select app_ensure_month(?::date)")) {
                months.setString(1, "2026-10-01");
                return months.execute();
            }
        });
    }

    private Pricing pricing() {
        CodeIndex codes = (code, at) -> switch (code) {
            case "1042" -> new CodeIndex.Meaning(CodeIndex.Standing.OK, barton, null);
            case "1043" -> new CodeIndex.Meaning(CodeIndex.Standing.OK, wexler, null);
            case "" -> new CodeIndex.Meaning(CodeIndex.Standing.NONE, null, null);
            default -> new CodeIndex.Meaning(CodeIndex.Standing.UNKNOWN, null, null);
        };
        Terms terms = new Terms(
                Currency.getInstance(currency),
                new BigDecimal(rate),
                false,
                360,
                0,
                0,
                Rounding.UP,
                0,
                null,
                Quantity.HOURS_2,
                RoundingMode.HALF_UP);
        AgreementIndex agreements =
                (client, matter, person, start, answer) -> Optional.of(new AgreementIndex.InForce(VERSION, terms));
        return new Pricing(PlainLedger.FORCED, codes, agreements);
    }

    private static CallFacts call(int no, String code, int... seconds) {
        List<TalkFacts> talks = new ArrayList<>();
        for (int talk : seconds) {
            talks.add(new TalkFacts(null, "10" + talks.size(), NOON.plusSeconds(60L * no + 5), talk));
        }
        Instant start = NOON.plusSeconds(60L * no);
        return new CallFacts(new UUID(no, 42), start, start, SOURCE, true, true, "+15125550144", code, talks);
    }

    private Map<UUID, Settlement> settle(CallFacts... calls) throws Exception {
        Pricing pricing = pricing();
        List<PricedCall> priced = List.of(calls).stream().map(pricing::price).toList();
        return database.in(firm.id(), connection -> new ChargeWriter(connection, firm.id()).write(priced));
    }

    private List<String> charges() throws Exception {
        return database.in(firm.id(), connection -> Sql.on(connection)
                .query(
                        "select concat_ws(' ', no, state, nullif(reason, ''), nullif(code, ''), quantity, unit, unit_rate, currency, "
                                + "amount, case when statement_id is null then 'open' else 'on statement' end) as line "
                                + "from charge where firm_id = ? order by opened_at, call_id, no",
                        row -> row.getString("line"),
                        firm.id()));
    }

    private void put(boolean issued, CallFacts call) throws Exception {
        database.in(firm.id(), connection -> Sql.on(connection)
                .update(
                        "update charge set statement_id = ?, issued = ? where firm_id = ? and call_id = ?",
                        statement,
                        issued,
                        firm.id(),
                        call.callId()));
    }

    @Test
    void writesAChargeForEachTalk() throws Exception {
        Map<UUID, Settlement> settled = settle(call(1, "1042", 301, 45), call(2, "", 60), call(3, "77", 60));

        assertThat(charges())
                .containsExactly(
                        "1 RATED 1042 0.1 HOUR 290.00 USD 29.00 open",
                        "2 RATED 1042 0.1 HOUR 290.00 USD 29.00 open",
                        "1 HELD MISSING open",
                        "1 HELD UNKNOWN 77 open");
        assertThat(settled.get(new UUID(1, 42)))
                .isEqualTo(new Settlement(new UUID(1, 42), ChargeState.RATED, "", barton, null, Billing.Standing.OPEN));
    }

    @Test
    void computesAnewInsteadOfAdding() throws Exception {
        settle(call(1, "1042", 301, 45));
        rate = "300.00";
        settle(call(1, "1042", 301, 45));

        assertThat(charges())
                .containsExactly(
                        "1 RATED 1042 0.1 HOUR 300.00 USD 30.00 open", "2 RATED 1042 0.1 HOUR 300.00 USD 30.00 open");
    }

    @Test
    void takesAwayWhatACallHasNoMore() throws Exception {
        settle(call(1, "1042", 301, 45), call(2, "1042", 60));
        settle(call(1, "", 301));

        assertThat(charges()).containsExactly("1 HELD MISSING open", "1 RATED 1042 0.1 HOUR 290.00 USD 29.00 open");
    }

    @Test
    void takesAllAwayWhenACallTurnsOutToBeInside() throws Exception {
        settle(call(1, "1042", 301, 45));
        CallFacts outside = call(1, "1042", 301, 45);
        settle(new CallFacts(
                outside.callId(),
                outside.openedAt(),
                outside.startedAt(),
                SOURCE,
                false,
                true,
                "101",
                "1042",
                outside.talks()));

        assertThat(charges()).isEmpty();
    }

    @Test
    void staysOnItsDraftAtTheNewPrice() throws Exception {
        CallFacts call = call(1, "1042", 301);
        settle(call);
        put(false, call);
        rate = "310.00";

        Map<UUID, Settlement> settled = settle(call(1, "1042", 301, 45));

        assertThat(charges())
                .as("a talk that was found late comes onto the same draft")
                .containsExactly(
                        "1 RATED 1042 0.1 HOUR 310.00 USD 31.00 on statement",
                        "2 RATED 1042 0.1 HOUR 310.00 USD 31.00 on statement");
        assertThat(settled.get(call.callId()).standing()).isEqualTo(Billing.Standing.ON_DRAFT);
    }

    @Test
    void comesOffTheDraftForAnotherClient() throws Exception {
        CallFacts call = call(1, "1042", 301);
        settle(call);
        put(false, call);

        Map<UUID, Settlement> settled = settle(call(1, "1043", 301));

        assertThat(charges()).containsExactly("1 RATED 1043 0.1 HOUR 290.00 USD 29.00 open");
        assertThat(settled.get(call.callId()).standing()).isEqualTo(Billing.Standing.OPEN);
    }

    @Test
    void comesOffTheDraftInAnotherCurrencyOrWhenItIsHeld() throws Exception {
        CallFacts first = call(1, "1042", 301);
        CallFacts second = call(2, "1042", 301);
        settle(first, second);
        put(false, first);
        put(false, second);
        currency = "EUR";

        settle(call(1, "1042", 301), call(2, "", 301));

        assertThat(charges()).containsExactly("1 RATED 1042 0.1 HOUR 290.00 EUR 29.00 open", "1 HELD MISSING open");
    }

    @Test
    void neverTouchesIssuedOnes() throws Exception {
        CallFacts issued = call(1, "1042", 301);
        settle(issued, call(2, "1042", 301));
        put(true, issued);
        rate = "999.00";

        Map<UUID, Settlement> settled = settle(call(1, "1043", 900, 900), call(2, "1042", 301));

        assertThat(settled).containsOnlyKeys(new UUID(2, 42));
        assertThat(charges())
                .containsExactly(
                        "1 RATED 1042 0.1 HOUR 290.00 USD 29.00 on statement",
                        "1 RATED 1042 0.1 HOUR 999.00 USD 99.90 open");
    }

    @Test
    void keepsTheExplanationAndTheSecondsApart() throws Exception {
        settle(call(1, "1042", 301));

        List<String> kept = database.in(firm.id(), connection -> Sql.on(connection)
                .query(
                        "select talk_seconds || ' ' || billed_seconds || ' ' || rule_version || ' ' "
                                + "|| jsonb_array_length(explanation) as line from charge where firm_id = ?",
                        row -> row.getString("line"),
                        firm.id()));
        assertThat(kept).singleElement().asString().startsWith("301 360 1 ");
    }

    @Test
    void anotherFirmsChargesAreOutOfReach() throws Exception {
        CallFacts call = call(1, "1042", 301);
        settle(call);
        NewFirm first = firm;
        firm = database.newFirm();
        settle(call(1, "1043", 600));

        assertThat(charges()).containsExactly("1 RATED 1043 0.2 HOUR 290.00 USD 58.00 open");
        firm = first;
        assertThat(charges()).containsExactly("1 RATED 1042 0.1 HOUR 290.00 USD 29.00 open");
    }
}
