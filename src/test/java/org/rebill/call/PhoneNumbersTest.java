package org.rebill.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as phone systems write them, in three countries. */
class PhoneNumbersTest {
    private static final NumberPlan CHICAGO = new NumberPlan("US", "312", "9", 4);
    private static final NumberPlan BERLIN = new NumberPlan("DE", "030", "0", 3);
    private static final NumberPlan LONDON = new NumberPlan("GB", "020", "9", 3);

    private static NumberPlan plan(String place) {
        return switch (place) {
            case "Chicago" -> CHICAGO;
            case "Berlin" -> BERLIN;
            default -> LONDON;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "Chicago, 3125550100, 93125550100, +13125550100",
        "Chicago, 912145550143, 912145550143, +12145550143",
        "Chicago, '', 93125550100, +13125550100",
        "Chicago, '', 13125550100, +13125550100",
        "Chicago, '', 9175550100, +19175550100",
        "Chicago, '', 5550143, +13125550143",
        "Chicago, '', 95550143, +13125550143",
        "Chicago, 5550143, 95550143, +13125550143",
        "Chicago, 011442079460123, 9011442079460123, +442079460123",
        "Chicago, '', 9011442079460123, +442079460123",
        "Chicago, +442079460123, 9011442079460123, +442079460123",
        "Chicago, '', *72*1234*3125550150, +13125550150",
        "Chicago, '', 3125550165*123456789, +13125550165",
        "Chicago, 00001#13125550100, 93125550100, +13125550100",
        "Chicago, 411, 9411, 411",
        "Chicago, '', 83125550180, 83125550180",
        "Berlin, '', 00301234567, +49301234567",
        "Berlin, 0301234567, 00301234567, +49301234567",
        "Berlin, '', 01234567, +49301234567",
        "Berlin, '', 000442079460123, +442079460123",
        "Berlin, 00442079460123, 000442079460123, +442079460123",
        "London, '', 902079460123, +442079460123",
        "London, 02079460123, 902079460123, +442079460123",
        "London, '', 979460123, +442079460123",
        "London, 0012125550100, 90012125550100, +12125550100",
    })
    void thatWereCalledBecomeInternational(String place, String sent, String dialled, String expected) {
        assertThat(PhoneNumbers.dialled(plan(place), sent, dialled).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Chicago, 2125550100, +12125550100",
        "Chicago, 12125550100, +12125550100",
        "Chicago, +12125550100, +12125550100",
        "Chicago, (212) 555-0100, +12125550100",
        "Chicago, 442079460123, +442079460123",
        "Chicago, 011442079460123, +442079460123",
        "Chicago, 5550143, +13125550143",
        "Chicago, anonymous, ''",
        "Chicago, '', ''",
        "Chicago, +, ''",
        "Chicago, sip:alice, ''",
        "Berlin, 0301234567, +49301234567",
        "Berlin, 49301234567, +49301234567",
        "Berlin, 00442079460123, +442079460123",
        "London, 02079460123, +442079460123",
        "London, 12125550100, +12125550100",
    })
    void ofCallersBecomeInternational(String place, String written, String expected) {
        assertThat(PhoneNumbers.caller(plan(place), written).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Chicago, 911, 911, true",
        "Chicago, '', 9911, true",
        "Chicago, 3125550911, 93125550911, false",
        "Berlin, 112, 0112, true",
        "Berlin, '', 110, true",
        "London, 999, 9999, true",
        "London, 101, 9101, false",
    })
    void ofEmergencyServicesAreKnown(String place, String sent, String dialled, boolean emergency) {
        assertThat(PhoneNumbers.dialled(plan(place), sent, dialled).emergency()).isEqualTo(emergency);
    }

    @Test
    void areRememberedByPlan() {
        assertThat(PhoneNumbers.dialled(CHICAGO, "", "5550143").text()).isEqualTo("+13125550143");
        NumberPlan elsewhere = new NumberPlan("US", "212", "9", 4);
        assertThat(PhoneNumbers.dialled(elsewhere, "", "5550143").text()).isEqualTo("+12125550143");
        assertThat(PhoneNumbers.dialled(CHICAGO, "", "5550143").text()).isEqualTo("+13125550143");
    }

    @Test
    void ofAnUnknownCountryStayAsTheyAre() {
        assertThat(PhoneNumbers.dialled(new NumberPlan("ZZ", "", "", 4), "", "3125550100")
                        .text())
                .isEqualTo("3125550100");
    }

    @ParameterizedTest
    @CsvSource({
        "'PJSIP/201,20,tT', 201, 201, ''",
        "'PJSIP/12145550143@trunk,300', trunk, trunk, 12145550143",
        "'IAX2/carrier/3125550100,60,TK', carrier, carrier, 3125550100",
        "'IAX2/me:secret@host/3125550100', me, me, 3125550100",
        "'PJSIP/201/sip:201@10.0.0.5:5060;ob', 201, 201, 201",
        "'PJSIP/201&PJSIP/2145550143@trunk,20', trunk, trunk, 2145550143",
        "'PJSIP/201&PJSIP/202', 203, '', ''",
        "'SIP/2145550143@gw.example:5060|30', other, gw.example, 2145550143",
        "'q7000,tT,,,40', 201, '', ''",
        "'', 201, '', ''",
    })
    void andTargetsAreFoundInTheArgumentsOfDial(String arguments, String device, String peer, String number) {
        assertThat(DialTarget.of(arguments, device)).isEqualTo(new DialTarget(peer, number));
    }

    @ParameterizedTest
    @CsvSource({
        "PJSIP/201-0000001a, PJSIP, 201, 0",
        "IAX2/carrier-west-4771, IAX2, carrier-west, 0",
        "Local/1144@from-internal-00000007;1, Local, 1144, 1",
        "'Local/1144@from-internal-ab12,2', Local, 1144, 2",
        "SIP/201-0001<ZOMBIE>, SIP, 201, 0",
        "AsyncGoto/PJSIP/201-0001, PJSIP, 201, 0",
        "SIP/201@10.0.0.5-0001, SIP, 201, 0",
        "DAHDI/i1/2125550100-3, DAHDI, i1/2125550100, 0",
        "nonsense, '', nonsense, 0",
        "'', '', '', 0",
    })
    void andDevicesInTheNamesOfChannels(String channel, String technology, String device, int half) {
        ChannelName name = ChannelName.of(channel);
        assertThat(name.technology()).isEqualTo(technology);
        assertThat(name.device()).isEqualTo(device);
        assertThat(name.half()).isEqualTo(half);
    }
}
