package org.rebill.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.code.CodeIndex.Meaning;
import org.rebill.code.CodeIndex.Standing;

/** What a code means at a moment: DOMAIN.md D7, B6, B7. */
class KnownCodesTest {
    private static final UUID BARTON = UUID.randomUUID();
    private static final UUID WALL = UUID.randomUUID();
    private static final UUID LAKE = UUID.randomUUID();

    private static Instant at(String time) {
        return time == null ? null : Instant.parse("2026-11-02T" + time + ":00Z");
    }

    private static AccountCode code(String digits, UUID client, UUID matter, String from, String retired) {
        AccountCode code = new AccountCode(
                UUID.randomUUID(),
                new Codes.Draft(digits, null, client == null, client, matter, at(from)),
                digits,
                null,
                null,
                at(from));
        if (retired != null) {
            code.retire(at(retired));
        }
        return code;
    }

    private static final CodeIndex CODES = new KnownCodes(List.of(
            code("1042", BARTON, WALL, null, null),
            code("007", BARTON, null, "10:00", "11:00"),
            code("007", LAKE, null, "12:00", null),
            code("9", null, null, null, null)));

    private static Standing standing(String code, String time) {
        return CODES.find(code, at(time)).standing();
    }

    @Test
    void aCodeStandsForItsClientAndMatter() {
        assertThat(CODES.find("1042", at("10:00"))).isEqualTo(new Meaning(Standing.OK, BARTON, WALL));
    }

    @Test
    void theHouseIsNoClient() {
        assertThat(CODES.find("9", at("10:00"))).isEqualTo(new Meaning(Standing.HOUSE, null, null));
    }

    @Test
    void leadingZerosCount() {
        assertThat(standing("7", "10:30")).isEqualTo(Standing.UNKNOWN);
        assertThat(standing("07", "10:30")).isEqualTo(Standing.UNKNOWN);
        assertThat(standing("007", "10:30")).isEqualTo(Standing.OK);
    }

    @ParameterizedTest
    @CsvSource({"09:59, RETIRED", "10:00, OK", "10:59, OK", "11:00, RETIRED", "11:59, RETIRED", "12:00, OK"})
    void aCodeHoldsFromItsBeginningUpToItsRetirement(String time, Standing standing) {
        assertThat(standing("007", time)).isEqualTo(standing);
    }

    @Test
    void aCodeUsedAgainStandsForItsNewClientOnlyFromThen() {
        assertThat(CODES.find("007", at("10:30")).clientId()).isEqualTo(BARTON);
        assertThat(CODES.find("007", at("12:30")).clientId()).isEqualTo(LAKE);
    }

    @Test
    void noCodeIsNone() {
        assertThat(standing("", "10:00")).isEqualTo(Standing.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567890", "12#", "12a", " ", "1 2", "\u0661\u0662", "-1", "1042\n"})
    void anythingButOneToNineDigitsIsMalformed(String code) {
        assertThat(standing(code, "10:00")).isEqualTo(Standing.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "123456789", "000000000"})
    void oneToNineDigitsMayBeACode(String code) {
        assertThat(standing(code, "10:00")).isEqualTo(Standing.UNKNOWN);
    }
}
