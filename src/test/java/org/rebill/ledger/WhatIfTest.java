package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.agreement.OfferDraft;
import org.rebill.platform.Refusal;
import org.rebill.rating.TermsDraft;

/** A period under other terms comes to what a real pricing comes to (DOMAIN.md C19). */
class WhatIfTest {
    private LedgerFirm firm;

    @BeforeEach
    void firm() throws Exception {
        firm = new LedgerFirm();
        firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:00:00Z", 301);
        firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:04:00Z", 299);
        firm.call("1042", LedgerFirm.MARGARET, "2026-10-12T18:00:00Z", 45);
        firm.call("1042", LedgerFirm.MARGARET, "2026-10-28T17:00:00Z", 610);
        firm.call("1042", LedgerFirm.KARIN, "2026-11-02T17:00:00Z", 3600);
    }

    private WhatIf.Result october(TermsDraft terms) throws Exception {
        return firm.in(() -> firm.get(WhatIf.class)
                .of(
                        firm.client(),
                        LocalDate.parse("2026-10-01"),
                        LocalDate.parse("2026-10-31"),
                        new OfferDraft(terms, null, null, null, null)));
    }

    @ParameterizedTest
    @CsvSource({"PER_CALL, 900", "PER_CLIENT_DAY, 900", "BALANCED, 900", "PER_CLIENT_STATEMENT, 900", "PER_CALL, 60"})
    void itsSumsAreThoseOfARealPricing(String scope, int increment) throws Exception {
        TermsDraft terms = new TermsDraft(
                null, new BigDecimal("300"), null, increment, null, null, null, null, null, null, null, scope);

        WhatIf.Result shown = october(terms);
        List<String> before = firm.rows(
                "select sum(amount) || '' from charge where firm_id = ? and started_at < '2026-11-01T05:00:00Z'",
                firm.firm());
        firm.update("delete from charge where firm_id = ? and started_at >= '2026-11-01T05:00:00Z'", firm.firm());
        firm.update(
                "update agreement_version set hourly_rate = 300, increment_seconds = ?, rounding_scope = ? "
                        + "where firm_id = ?",
                increment,
                scope,
                firm.firm());
        firm.in(() -> {
            org.rebill.call.PlainCalls.resettle(
                    firm.services(),
                    new Resettle(firm
                            .rows(
                                    "select id::text from call where firm_id = ? "
                                            + "and started_at < '2026-11-01T05:00:00Z'",
                                    firm.firm())
                            .stream()
                            .map(java.util.UUID::fromString)
                            .toList()));
            return null;
        });

        assertThat(shown.sum().amount()).isEqualByComparingTo(before.get(0));
        assertThat(shown.sum().amountThen())
                .isEqualByComparingTo(firm.rows("select sum(amount) || '' from charge where firm_id = ?", firm.firm())
                        .get(0));
        assertThat(shown.sum().billedSecondsThen() + "")
                .isEqualTo(firm.rows("select sum(billed_seconds) || '' from charge where firm_id = ?", firm.firm())
                        .get(0));
    }

    @Test
    void monthsAndPeopleAddUp() throws Exception {
        WhatIf.Result result = october(LedgerFirm.terms("300"));

        assertThat(result.sum().calls()).isEqualTo(4);
        assertThat(result.months()).hasSize(1);
        assertThat(result.people().stream()
                        .map(person -> person.sum().amountThen())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(result.sum().amountThen());
        assertThat(result.sum().difference())
                .isEqualByComparingTo(
                        result.sum().amountThen().subtract(result.sum().amount()));
    }

    @Test
    void storesNothing() throws Exception {
        List<String> rows = firm.rows("select c::text from charge c where firm_id = ? order by call_id", firm.firm());

        october(LedgerFirm.terms("999"));

        assertThat(firm.rows("select c::text from charge c where firm_id = ? order by call_id", firm.firm()))
                .isEqualTo(rows);
    }

    @Test
    void refusesTermsThatCouldNotBeOffered() {
        assertThatThrownBy(() -> october(LedgerFirm.terms("-3")))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(refusal.problems())
                        .extracting(Refusal.Problem::field)
                        .containsExactly("terms.hourlyRate"));
    }
}
