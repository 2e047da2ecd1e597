package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementNumberTest {
    @ParameterizedTest
    @CsvSource({
        "HO,   2026, 1,     HO-2026-0001",
        "HO,   2026, 415,   HO-2026-0415",
        "HO,   2026, 9999,  HO-2026-9999",
        "HO,   2026, 10000, HO-2026-10000",
        "' K ', 2027, 12,   K-2027-0012",
        "'',   2026, 7,     2026-0007",
    })
    void isPrefixYearAndAtLeastFourDigits(String prefix, int year, int count, String number) {
        assertThat(StatementNumber.of(prefix, year, count)).isEqualTo(number);
    }
}
