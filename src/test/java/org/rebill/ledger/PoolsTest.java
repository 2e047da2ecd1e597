package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.rating.TermsDraft;

/** Charges that are rounded together, on the real schema: whatever comes or goes, the whole is right (DOMAIN.md D2, C3). */
class PoolsTest {
    private LedgerFirm firm;
    private UUID client;

    @BeforeEach
    void firm() throws Exception {
        firm = new LedgerFirm();
    }

    private void agree(String scope, int increment) throws Exception {
        client = firm.in(() -> {
            UUID made = firm.client("Wexler " + scope);
            firm.agree(
                    made,
                    new TermsDraft(
                            null,
                            new BigDecimal("250"),
                            null,
                            increment,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            scope));
            return made;
        });
        firm.in(() -> firm.code("7", client));
    }

    private UUID call(String start, int seconds) throws Exception {
        return firm.call("7", LedgerFirm.KARIN, start, seconds);
    }

    private String sum() throws Exception {
        return firm.rows(
                        "select sum(quantity) || ' h, ' || sum(amount) || ' USD, ' || sum(billed_seconds) || ' s' "
                                + "from charge where firm_id = ? and client_id = ?",
                        firm.firm(),
                        client)
                .get(0);
    }

    @Test
    void theCallsOfADayAreRoundedTogether() throws Exception {
        agree("PER_CLIENT_DAY", 360);
        for (int seconds : List.of(301, 299, 45, 610)) {
            call("2026-10-12T17:00:00Z", seconds);
        }

        assertThat(sum()).isEqualTo("0.40 h, 100.00 USD, 1440 s");
        // 04:59 of the next day in UTC is the same day in Chicago, 05:00 is the next one.
        call("2026-10-13T04:59:00Z", 1);
        assertThat(sum()).isEqualTo("0.40 h, 100.00 USD, 1440 s");
        call("2026-10-13T05:00:00Z", 1);
        assertThat(sum()).isEqualTo("0.50 h, 125.00 USD, 1800 s");
    }

    @Test
    void aCallThatGoesLeavesTheOthersRight() throws Exception {
        agree("PER_CLIENT_DAY", 900);
        UUID first = call("2026-10-12T17:00:00Z", 300);
        call("2026-10-12T18:00:00Z", 300);
        assertThat(sum()).isEqualTo("0.25 h, 62.50 USD, 900 s");

        firm.update("update call set code = '1042' where firm_id = ? and id = ?", firm.firm(), first);
        firm.in(() -> {
            org.rebill.call.PlainCalls.resettle(firm.services(), new Resettle(List.of(first)));
            return null;
        });

        assertThat(sum()).as("the one that stayed").isEqualTo("0.25 h, 62.50 USD, 900 s");
        assertThat(firm.price(first)).isEqualTo("25.00");
    }

    @Test
    void balancedCallsBeginWithinOneStepOfThePerson() throws Exception {
        agree("BALANCED", 900);
        call("2026-10-12T17:00:00Z", 300);
        call("2026-10-12T17:10:00Z", 300);
        assertThat(sum()).as("C3: one quarter").isEqualTo("0.25 h, 62.50 USD, 900 s");
        call("2026-10-12T17:15:00Z", 300);
        assertThat(sum()).as("the next quarter").isEqualTo("0.50 h, 125.00 USD, 1800 s");
        firm.call("7", LedgerFirm.MARGARET, "2026-10-12T17:01:00Z", 300);
        assertThat(sum()).as("somebody else's").isEqualTo("0.75 h, 187.50 USD, 2700 s");
    }

    @Test
    void theCallsOfAStatementAreRoundedTogether() throws Exception {
        agree("PER_CLIENT_STATEMENT", 3600);
        UUID first = call("2026-10-12T17:00:00Z", 600);
        call("2026-10-20T17:00:00Z", 600);
        assertThat(sum()).isEqualTo("1.00 h, 250.00 USD, 3600 s");
        UUID draft = UUID.randomUUID();
        Ledger ledger = firm.get(Ledger.class);
        firm.in(() -> ledger.putOn(
                draft, client, "USD", Instant.parse("2026-11-01T05:00:00Z"), LocalDate.parse("2026-10-01")));
        assertThat(sum()).isEqualTo("1.00 h, 250.00 USD, 3600 s");

        firm.in(() -> ledger.putOff(draft, first, LocalDate.parse("2026-11-01")));

        assertThat(sum()).as("an hour on the draft, an hour for the next").isEqualTo("2.00 h, 500.00 USD, 7200 s");
    }

    @Test
    void whatIsIssuedStaysAndALateCallCostsWhatIsLeft() throws Exception {
        agree("PER_CLIENT_DAY", 900);
        UUID issued = call("2026-10-12T17:00:00Z", 300);
        firm.update(
                "update charge set statement_id = ?, issued = true where firm_id = ? and call_id = ?",
                UUID.randomUUID(),
                firm.firm(),
                issued);

        UUID late = call("2026-10-12T19:00:00Z", 300);

        assertThat(firm.price(issued)).isEqualTo("62.50");
        assertThat(firm.price(late)).isEqualTo("0.00");
        call("2026-10-12T20:00:00Z", 600);
        assertThat(sum()).isEqualTo("0.50 h, 125.00 USD, 1800 s");
    }

    @Test
    void aReRatingShowsWhatReallyComesOut() throws Exception {
        agree("PER_CLIENT_DAY", 900);
        call("2026-10-12T17:00:00Z", 300);
        call("2026-10-12T18:00:00Z", 300);
        Reratings reratings = firm.get(Reratings.class);
        Rerating.Wanted october =
                new Rerating.Wanted(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31"), client, null, null);
        UUID same = firm.in(() -> reratings.ask(october));
        work(same);
        assertThat(firm.in(() -> reratings.get(same)).found()).isEqualTo(new Reratings.Found(0, 0));

        firm.update(
                "update agreement_version set hourly_rate = 400 where firm_id = ? and client_id = ?",
                firm.firm(),
                client);
        UUID other = firm.in(() -> reratings.ask(october));
        work(other);

        assertThat(firm.in(() -> reratings.get(other)).sums())
                .singleElement()
                .satisfies(sum -> assertThat(sum.difference()).isEqualByComparingTo("37.50"));
        assertThat(sum()).as("nothing was written").isEqualTo("0.25 h, 62.50 USD, 900 s");
    }

    private void work(UUID id) throws Exception {
        ReratingWork work = firm.get(ReratingWork.class);
        while (firm.in(() -> work.next(id))) {
            // Until nothing is left.
        }
    }
}
