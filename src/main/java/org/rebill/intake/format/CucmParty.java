package org.rebill.intake.format;

import java.util.Set;
import java.util.regex.Pattern;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;

/**
 * One party in a record of Cisco CUCM: a telephone, a line, a conference or a device that plays something.
 *
 * @param number its number without the backslash that escapes a plus; empty when withheld
 * @param device name of the device it was reached by; empty when none was reached
 * @param remote it is a person of the firm at a mobile telephone
 */
record CucmParty(String number, String device, boolean remote) {
    /**
     * Names that CUCM gives by itself or asks for: telephones, analogue adapters and ports, Jabber on computers and
     * mobile telephones, extension mobility and remote destinations.
     */
    private static final Pattern PHONE = Pattern.compile(
            "(?:SEP|ATA|BAT|VGC?|AN|SKIGW)[0-9A-F]{10,16}|(?:CSF|BOT|TCT|TAB|CTIRD|RDP|CIPC|UPC|ECP)[A-Z0-9_.-]*",
            Pattern.CASE_INSENSITIVE);
    /** {@code S0/SU1/DS1-0@gateway}, addresses, and names that say what they are. */
    private static final Pattern LINE = Pattern.compile(
            ".*@.*|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|.*(?:trunk|trk|gateway|pstn|cube|isdn|[0-9._-]gw|gw[0-9._-]|^gw$|itsp|_sbc|sbc_|^sbc).*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BRIDGE_NUMBER = Pattern.compile("b[0-9]{8,}");
    private static final Pattern PROMPT_NUMBER = Pattern.compile("c[0-9]{8,}");
    private static final Pattern BRIDGE_DEVICE = Pattern.compile("CFB[-_0-9A-F].*", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEDIA_DEVICE =
            Pattern.compile("(?:MOH|ANN|IVR|MTP|XCODE)_.*|ParkingLotDevice", Pattern.CASE_INSENSITIVE);
    private static final Pattern VOICEMAIL_PORT = Pattern.compile(".+-VI[0-9]{1,3}", Pattern.CASE_INSENSITIVE);

    private static final String CONFERENCE = "4";
    private static final String TRANSFER = "10";
    private static final int WHOLE_NUMBER = 10;

    static CucmParty calling(TextRow row, NumberPlan plan) {
        String number = plain(row.firstOf("callingPartyNumber", "callingPartyNumber_uri"));
        return new CucmParty(
                wasCalledBefore(row) ? withoutPrefix(number, plan.outsidePrefix()) : number,
                row.text("origDeviceName"),
                !row.text("origMobileDeviceName").isEmpty());
    }

    static CucmParty called(TextRow row) {
        return new CucmParty(
                plain(row.firstOf(
                        "finalCalledPartyNumber",
                        "originalCalledPartyNumber",
                        "finalCalledPartyNumber_uri",
                        "originalCalledPartyNumber_uri")),
                row.text("destDeviceName"),
                !row.text("destMobileDeviceName").isEmpty());
    }

    /** A party that was called shows as the calling one once it is passed on or joined to a conference. */
    private static boolean wasCalledBefore(TextRow row) {
        String behalf = row.text("joinOnBehalfOf");
        return behalf.equals(CONFERENCE) || behalf.equals(TRANSFER);
    }

    /** Its number is then as it was dialled. */
    private static String withoutPrefix(String number, String prefix) {
        boolean dialled =
                !prefix.isEmpty() && number.startsWith(prefix) && number.length() >= prefix.length() + WHOLE_NUMBER;
        return dialled ? number.substring(prefix.length()) : number;
    }

    private static String plain(String number) {
        return number.replace("\\+", "+");
    }

    boolean isBridge() {
        return BRIDGE_NUMBER.matcher(number).matches()
                || BRIDGE_DEVICE.matcher(device).matches();
    }

    /** Music, an announcement, a menu, or the place where parked calls wait. */
    boolean isMedia() {
        return PROMPT_NUMBER.matcher(number).matches()
                || MEDIA_DEVICE.matcher(device).matches();
    }

    boolean isVoicemailPort() {
        return VOICEMAIL_PORT.matcher(device).matches();
    }

    /** Whether it is known by one of these numbers or device names. */
    boolean isOf(Set<String> names) {
        return names.contains(number) || (!device.isEmpty() && names.contains(device));
    }

    /**
     * What it is for the firm. Names of trunks, gateways and CTI ports are the administrator's own: where the name does
     * not tell, a number as long as the firm's internal ones is a telephone.
     *
     * @param leg its leg identifier, which is the same in all records of the call that it takes part in
     */
    String side(NumberPlan plan, String leg) {
        if (isBridge()) {
            return Side.room(number);
        }
        boolean extension = plan.isExtension(number);
        boolean phone = PHONE.matcher(device).matches()
                || (remote && extension)
                || (extension
                        && number.length() == plan.extensionDigits()
                        && !LINE.matcher(device).matches());
        if (phone) {
            return Side.phone(number.isEmpty() ? device : number);
        }
        return Side.line(device.isEmpty() ? "outside" : device, leg);
    }
}
