package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.firm.DefaultRates;
import org.rebill.firm.FirmChanged;
import org.rebill.ledger.LostAdvice.Cause;
import org.rebill.platform.Refusal;
import org.rebill.rating.TermsDraft;

/** Lost advice on the real schema: exact seconds, exact value (DOMAIN.md B1, C6). */
class LostAdviceTest {
    private LedgerFirm firm;

    @BeforeEach
    void firm() throws Exception {
        firm = new LedgerFirm();
        firm.in(() -> firm.get(DefaultRates.class).set(LedgerFirm.KARIN, new BigDecimal("290")));
    }

    private LostAdvice.Report october() throws Exception {
        return firm.in(
                () -> firm.get(LostAdvice.class).of(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31")));
    }

    @Test
    void countsWhatNobodyPaysForToTheSecondAndTheCent() throws Exception {
        for (int i = 0; i < 10; i++) {
            firm.call(i < 7 ? "1042" : "", LedgerFirm.KARIN, "2026-10-12T1" + i + ":00:00Z", 100 + i);
        }
        firm.call("77", LedgerFirm.KARIN, "2026-10-19T17:00:00Z", 311);

        LostAdvice.Report report = october();

        assertThat(report.calls()).isEqualTo(4);
        assertThat(report.talkSeconds()).isEqualTo(107 + 108 + 109 + 311);
        assertThat(report.rows())
                .containsExactly(
                        // 324 s x 290 / 3600 = 26.10; 311 s = 25.0527...
                        new LostAdvice.Row(
                                LedgerFirm.KARIN,
                                LocalDate.parse("2026-10-12"),
                                Cause.UNCODED,
                                3,
                                324,
                                new BigDecimal("26.10")),
                        new LostAdvice.Row(
                                LedgerFirm.KARIN,
                                LocalDate.parse("2026-10-19"),
                                Cause.UNCODED,
                                1,
                                311,
                                new BigDecimal("25.05")));
        assertThat(report.value()).isEqualByComparingTo("51.15");
        assertThat(report.unvaluedSeconds()).isZero();
    }

    @Test
    void notAgreedAndTooShortAreCausesOfTheirOwn() throws Exception {
        UUID free = firm.in(() -> {
            UUID client = firm.client("Wexler");
            firm.agree(
                    client,
                    new TermsDraft(null, new BigDecimal("250"), null, 360, null, null, null, 60, null, null, null));
            return client;
        });
        firm.in(() -> firm.code("7", free));
        UUID nothing = firm.in(() -> firm.client("Nothing agreed"));
        firm.in(() -> firm.code("8", nothing));
        firm.call("7", LedgerFirm.KARIN, "2026-10-12T17:00:00Z", 45);
        firm.call("7", LedgerFirm.KARIN, "2026-10-12T18:00:00Z", 300);
        firm.call("8", LedgerFirm.KARIN, "2026-10-12T19:00:00Z", 360);

        assertThat(october().rows())
                .extracting(LostAdvice.Row::cause, LostAdvice.Row::talkSeconds, LostAdvice.Row::value)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Cause.TOO_SHORT, 45L, new BigDecimal("3.63")),
                        org.assertj.core.groups.Tuple.tuple(Cause.NOT_AGREED, 360L, new BigDecimal("29.00")));
    }

    @Test
    void withoutADefaultRateOnlyTheTimeIsKnown() throws Exception {
        firm.call("", LedgerFirm.MARGARET, "2026-10-12T17:00:00Z", 600);

        LostAdvice.Report report = october();

        assertThat(report.value()).isEqualByComparingTo("0");
        assertThat(report.unvaluedSeconds()).isEqualTo(600);
    }

    @Test
    void weeksBeginOnMondayInTheFirmsZone() throws Exception {
        // Sunday evening in Chicago is Monday in UTC.
        firm.call("", LedgerFirm.KARIN, "2026-10-19T03:00:00Z", 60);

        assertThat(october().rows()).singleElement().satisfies(row -> assertThat(row.week())
                .isEqualTo("2026-10-12"));
    }

    @Test
    void aDefaultRateIsCheckedAndItsChangeIsTold() throws Exception {
        assertThatThrownBy(
                        () -> firm.in(() -> firm.get(DefaultRates.class).set(LedgerFirm.KARIN, new BigDecimal("-1"))))
                .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> firm.in(() -> firm.get(DefaultRates.class).set(UUID.randomUUID(), BigDecimal.TEN)))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(firm.services().news())
                .filteredOn(FirmChanged.class::isInstance)
                .map(news -> ((FirmChanged) news).action())
                .containsExactly("person.rate-changed");
    }
}
