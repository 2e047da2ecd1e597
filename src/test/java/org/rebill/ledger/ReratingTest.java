package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Pricing anew on the real schema: shown first, applied once, never on issued statements (DOMAIN.md C5). */
class ReratingTest {
    private LedgerFirm firm;
    private Reratings reratings;

    @BeforeEach
    void firm() throws Exception {
        firm = new LedgerFirm();
        reratings = firm.get(Reratings.class);
    }

    private static Rerating.Wanted october(UUID client, UUID person) {
        return new Rerating.Wanted(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31"), client, null, person);
    }

    private Reratings.Result computed(Rerating.Wanted wanted) throws Exception {
        UUID id = firm.in(() -> reratings.ask(wanted));
        work(id);
        return firm.in(() -> reratings.get(id));
    }

    private void work(UUID id) throws Exception {
        ReratingWork work = firm.get(ReratingWork.class);
        boolean more = true;
        while (more) {
            more = firm.in(() -> work.next(id));
        }
    }

    /** As if the same terms had always had this rate. */
    private void backdate(String rate) throws Exception {
        firm.update(
                "update agreement_version set hourly_rate = ? where firm_id = ?", new BigDecimal(rate), firm.firm());
    }

    private void issue(UUID call) throws Exception {
        firm.update(
                "update charge set statement_id = ?, issued = true where firm_id = ? and call_id = ?",
                UUID.randomUUID(),
                firm.firm(),
                call);
        firm.update("update call set state = 'BILLED' where firm_id = ? and id = ?", firm.firm(), call);
    }

    @Test
    void nothingChangesWhereNothingIsOther() throws Exception {
        firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:00:00Z", 301);

        Reratings.Result result = computed(october(null, null));

        assertThat(result.rerating().state()).isEqualTo(Rerating.State.READY);
        assertThat(result.rerating().calls()).isEqualTo(1);
        assertThat(result.found()).isEqualTo(new Reratings.Found(0, 0));
        assertThat(result.sums()).isEmpty();
    }

    @Test
    void theDifferenceIsShownBeforeAnythingChangesAndAppliedOnce() throws Exception {
        UUID first = firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:00:00Z", 301);
        UUID second = firm.call("1042", LedgerFirm.MARGARET, "2026-10-13T17:00:00Z", 900);
        UUID november = firm.call("1042", LedgerFirm.KARIN, "2026-11-02T17:00:00Z", 301);
        backdate("300");

        Reratings.Result shown = computed(october(null, null));

        assertThat(List.of(firm.price(first), firm.price(second))).containsExactly("25.00", "75.00");
        assertThat(shown.found()).isEqualTo(new Reratings.Found(2, 0));
        assertThat(shown.sums()).singleElement().satisfies(sum -> {
            assertThat(sum.clientId()).isEqualTo(firm.client());
            assertThat(sum.before()).isEqualByComparingTo("100.00");
            assertThat(sum.after()).isEqualByComparingTo("120.00");
            assertThat(sum.difference()).isEqualByComparingTo("20.00");
        });

        UUID id = shown.rerating().id();
        firm.in(() -> {
            reratings.apply(id);
            return null;
        });
        work(id);

        assertThat(List.of(firm.price(first), firm.price(second), firm.price(november)))
                .as("only the period's")
                .containsExactly("30.00", "90.00", "25.00");
        Reratings.Result applied = firm.in(() -> reratings.get(id));
        assertThat(applied.rerating().state()).isEqualTo(Rerating.State.APPLIED);
        assertThat(applied.rerating().otherwise()).isZero();

        List<String> rows = firm.rows("select c::text from charge c where firm_id = ? order by call_id", firm.firm());
        firm.in(() -> {
            reratings.apply(id);
            return null;
        });
        work(id);
        assertThat(firm.rows("select c::text from charge c where firm_id = ? order by call_id", firm.firm()))
                .as("twice changes nothing")
                .isEqualTo(rows);
        assertThat(computed(october(null, null)).found()).isEqualTo(new Reratings.Found(0, 0));
        assertThat(firm.in(() -> firm.get(AuditLog.class).of("rerating", id)))
                .extracting(AuditEntry::action)
                .containsExactly("rerating.asked", "rerating.apply-asked", "rerating.applied");
    }

    @Test
    void issuedCallsAreProposedAsACreditNoteAndNeverChanged() throws Exception {
        UUID issued = firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:00:00Z", 301);
        UUID open = firm.call("1042", LedgerFirm.KARIN, "2026-10-13T17:00:00Z", 301);
        issue(issued);
        backdate("200");

        Reratings.Result result = computed(october(firm.client(), null));

        assertThat(result.found()).isEqualTo(new Reratings.Found(1, 1));
        assertThat(result.sums())
                .filteredOn(sum -> sum.statementId() != null)
                .singleElement()
                .satisfies(sum -> assertThat(sum.difference()).isEqualByComparingTo("-5.00"));
        UUID id = result.rerating().id();
        firm.in(() -> {
            reratings.apply(id);
            return null;
        });
        work(id);
        assertThat(firm.price(issued)).isEqualTo("25.00");
        assertThat(firm.price(open)).isEqualTo("20.00");
    }

    @Test
    void scopeIsAClientAMatterOrAPerson() throws Exception {
        firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:00:00Z", 301);
        firm.call("1042", LedgerFirm.MARGARET, "2026-10-12T18:00:00Z", 301);
        firm.call("77", LedgerFirm.MARGARET, "2026-10-12T19:00:00Z", 301);
        backdate("300");

        assertThat(computed(october(null, null)).rerating().calls()).isEqualTo(3);
        assertThat(computed(october(firm.client(), null)).rerating().calls()).isEqualTo(2);
        Reratings.Result margaret = computed(october(null, LedgerFirm.MARGARET));
        assertThat(margaret.rerating().calls()).isEqualTo(2);
        assertThat(margaret.found().open()).isEqualTo(1);
    }

    @Test
    void aCodeOfAnotherClientMovesTheMoney() throws Exception {
        UUID call = firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:00:00Z", 301);
        UUID other = firm.in(() -> {
            UUID made = firm.client("Wexler");
            firm.agree(made, LedgerFirm.terms("400"));
            return made;
        });
        firm.update("update account_code set client_id = ? where firm_id = ?", other, firm.firm());

        Reratings.Result result = computed(october(null, null));

        assertThat(result.sums()).extracting(Reratings.Sum::clientId).containsExactlyInAnyOrder(firm.client(), other);
        assertThat(result.sums().stream().map(Reratings.Sum::difference).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("15.00");
        Page<ReratingItem> items =
                firm.in(() -> reratings.items(result.rerating().id(), null, other, null, 10));
        assertThat(items.items()).singleElement().satisfies(item -> {
            assertThat(item.callId()).isEqualTo(call);
            assertThat(item.difference()).isEqualByComparingTo("15.00");
        });
    }

    @Test
    void piecesOfTheCallsFollowEachOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            firm.call("1042", LedgerFirm.KARIN, "2026-10-12T17:0" + i + ":00Z", 301);
        }
        backdate("300");
        UUID id = computed(october(null, null)).rerating().id();

        Page<ReratingItem> first = firm.in(() -> reratings.items(id, false, null, null, 3));
        Page<ReratingItem> second = firm.in(() -> reratings.items(id, false, null, first.next(), 3));

        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
        assertThat(second.next()).isNull();
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> firm.in(() -> reratings.ask(new Rerating.Wanted(null, null, null, null, null))))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(refusal.problems())
                        .extracting(Refusal.Problem::field)
                        .containsExactly("from", "to"));
        assertThatThrownBy(() -> firm.in(() -> reratings.ask(new Rerating.Wanted(
                        LocalDate.parse("2026-10-02"),
                        LocalDate.parse("2026-10-01"),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID()))))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(refusal.problems())
                        .extracting(Refusal.Problem::field)
                        .containsExactly("to", "clientId", "matterId", "personId"));
    }

    @Test
    void isNotAppliedBeforeItIsKnown() throws Exception {
        UUID id = firm.in(() -> reratings.ask(october(null, null)));

        assertThatThrownBy(() -> firm.in(() -> {
                    reratings.apply(id);
                    return null;
                }))
                .isInstanceOf(Refusal.Conflict.class);
    }
}
