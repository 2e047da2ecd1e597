package org.rebill.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberClassTest {
    @ParameterizedTest(name = "from {0} {1}: {2} is {3}")
    @CsvSource({
        "US, 512, +15125550144,    LOCAL",
        "US, 512, +12145550144,    NATIONAL",
        "US, '',  +15125550144,    NATIONAL",
        "US, 512, +18005550144,    TOLL_FREE",
        "US, 512, +19005550144,    PREMIUM",
        "US, 512, +14165550144,    INTERNATIONAL",
        "US, 512, +442079460123,   INTERNATIONAL",
        "US, 512, '',              OTHER",
        "US, 512, 411,             OTHER",
        "us, 512, +15125550144,    LOCAL",
        "DE, 030, +493022334455,   LOCAL",
        "DE, 30,  +493022334455,   LOCAL",
        "DE, 030, +49892233445,    NATIONAL",
        "DE, 030, +4915112345678,  MOBILE",
        "DE, 030, +498001234567,   TOLL_FREE",
        "DE, 030, +499001234567,   PREMIUM",
        "DE, 030, +491801234567,   SHARED_COST",
        "DE, 030, +43720123456,    INTERNATIONAL",
        "GB, 020, +442079460123,   LOCAL",
        "GB, 020, +447400123456,   MOBILE",
        "GB, 020, +448081570192,   TOLL_FREE",
        "GB, 020, +449012345678,   PREMIUM"
    })
    void isSeenFromThePhoneSystemsCountryAndArea(String country, String area, String number, NumberClass expected) {
        assertThat(NumberClass.of(country, area, number)).isEqualTo(expected);
    }
}
