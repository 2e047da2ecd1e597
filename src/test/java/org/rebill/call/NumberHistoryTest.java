package org.rebill.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.rebill.call.NumberHistory.Proposal;
import org.rebill.call.NumberHistory.Used;
import org.rebill.call.NumberHistory.Whose;
import org.rebill.code.CodeIndex;

/** What earlier calls with a number speak for. */
class NumberHistoryTest {
    private static final Instant AT = Instant.parse("2026-11-25T18:00:00Z");
    private static final UUID KARIN = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final UUID CLIENT = UUID.randomUUID();

    /** 9999 was retired before the call. */
    private static final CodeIndex CODES = (code, at) -> new CodeIndex.Meaning(
            code.equals("9999") ? CodeIndex.Standing.RETIRED : CodeIndex.Standing.OK, CLIENT, null);

    private static Used used(UUID person, String code, long calls) {
        return new Used("+15125550144", person, code, calls);
    }

    private static Proposal proposal(String code, long of, long total, Whose whose) {
        return new Proposal(code, CLIENT, null, of, total, whose);
    }

    private static List<Proposal> rank(int most, Used... history) {
        return NumberHistory.rank(List.of(history), KARIN, AT, CODES, most);
    }

    @Test
    void thePersonsOwnCallsComeFirstWithTheirShare() {
        assertThat(rank(3, used(KARIN, "1042", 9), used(KARIN, "007", 1), used(OTHER, "2000", 50)))
                .containsExactly(
                        proposal("1042", 9, 10, Whose.PERSON),
                        proposal("007", 1, 10, Whose.PERSON),
                        proposal("2000", 50, 60, Whose.FIRM));
    }

    @Test
    void whoNeverTalkedWithTheNumberGetsTheFirmsCodes() {
        assertThat(rank(3, used(OTHER, "2000", 2), used(null, "2000", 1), used(OTHER, "3000", 1)))
                .containsExactly(proposal("2000", 3, 4, Whose.FIRM), proposal("3000", 1, 4, Whose.FIRM));
    }

    @Test
    void codesThatAreNotValidThenAreNotProposedButCount() {
        assertThat(rank(3, used(KARIN, "9999", 9), used(KARIN, "1042", 1)))
                .containsExactly(proposal("1042", 1, 10, Whose.PERSON));
    }

    @Test
    void equallyOftenUsedCodesStandInOrderAndNoMoreThanAskedFor() {
        assertThat(rank(2, used(KARIN, "3", 1), used(KARIN, "2", 1), used(KARIN, "1", 1)))
                .extracting(Proposal::code)
                .containsExactly("1", "2");
        assertThat(rank(2)).isEmpty();
    }
}
