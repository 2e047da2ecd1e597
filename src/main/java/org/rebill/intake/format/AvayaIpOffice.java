package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.rebill.call.Leg;
import org.rebill.call.Side;

/**
 * Avaya IP Office SMDR: a record a line, no header, 17 to 35 columns by release ("IP Office SMDR", Avaya). A call that
 * is passed on gives a record for each part of it, all with the start of the whole call; all but the last say so in
 * {@code Continuation}. Connected time is without ringing, holding and parking.
 *
 * <p>Devices: {@code E201} a telephone, {@code T9001} a line, {@code V9501} voicemail. Call ids begin anew when the
 * system starts, so that the start belongs to a call's identity.
 */
@ApplicationScoped
public class AvayaIpOffice implements RecordFormat {
    private static final ColumnNames COLUMNS = new ColumnNames(List.of(
            "Call Start",
            "Connected Time",
            "Ring Time",
            "Caller",
            "Direction",
            "Called Number",
            "Dialled Number",
            "Account",
            "Is Internal",
            "Call ID",
            "Continuation",
            "Party1Device",
            "Party1Name",
            "Party2Device",
            "Party2Name",
            "Hold Time",
            "Park Time",
            "AuthValid",
            "AuthCode"));
    private static final int LEAST_COLUMNS = 17;
    private static final int MOST_COLUMNS = 40;
    private static final byte COMMA = ',';

    @Override
    public String id() {
        return "avaya-ip-office";
    }

    @Override
    public String name() {
        return "Avaya IP Office SMDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Open IP Office Manager (or Web Manager) and the system's configuration: System > SMDR.",
                "Set Output to SMDR Only. Enter the IP address and TCP port (such as 1150) of the machine on which"
                        + " Rebill's collector listens, and leave Records to Buffer at 500 or more: they are kept while the"
                        + " collector is away.",
                "Tick Call Splitting for Diverts, so that a call that was passed on gives a record for each part.",
                "Under Account Code add the firm's codes, or one entry of question marks (such as ?????) that takes any"
                        + " code of that length. Under User > Telephony > Supervisor Settings tick Force Account Code for"
                        + " those who must give one.",
                "Save the configuration, make a call and hang up: the system writes a record when the call has ended.",
                "A file of records that another program has collected can be sent as it is.");
    }

    @Override
    public List<CollectorSetting> collector() {
        return List.of(
                new CollectorSetting("way", "listen", "The phone system connects to this machine."),
                new CollectorSetting(
                        "port", "1150", "The TCP port that is set on the phone system under System > SMDR."),
                new CollectorSetting(
                        "allow", "", "Address of the phone system: others are refused. Empty lets any address in."));
    }

    @Override
    public boolean recognises(byte[] head) {
        return FirstLines.of(head, COMMA).allMatch(AvayaIpOffice::isRecord);
    }

    private static boolean isRecord(List<String> values) {
        return values.size() >= LEAST_COLUMNS
                && values.size() <= MOST_COLUMNS
                && ClockText.local(values.get(0)).isPresent()
                && ClockText.seconds(values.get(1)) >= 0
                && (values.get(4).equals("I") || values.get(4).equals("O"));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        LocalStamps stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        TextRows rows = new TextRows(COLUMNS, source, (row, draft) -> leg(row, draft, stamps));
        return new DelimitedReader(new CsvCutter(bytes, from, COMMA, fields -> fields.count() >= LEAST_COLUMNS), rows);
    }

    private static Leg leg(TextRow row, LegDraft draft, LocalStamps stamps) throws Unreadable {
        if (row.values().size() < LEAST_COLUMNS || row.values().size() > MOST_COLUMNS) {
            throw Unreadable.because(
                    "columns",
                    "The record has " + row.values().size() + " columns; IP Office writes " + LEAST_COLUMNS
                            + " to 35. Send the records as the system wrote them.");
        }
        Optional<LocalDateTime> local = ClockText.local(row.text("Call Start"));
        if (local.isEmpty()) {
            throw Unreadable.because(
                    "stamp.start",
                    row.at("Call Start")
                            + "; a time such as 2026/09/01 09:02:11 belongs there. If the file was saved by a"
                            + " spreadsheet, send it as the system wrote it.");
        }
        int connected = row.seconds("Connected Time");
        int ring = row.secondsOrNone("Ring Time");
        int held = row.secondsOrNone("Hold Time") + row.secondsOrNone("Park Time");
        boolean incoming = isIncoming(row);
        boolean goesOn = row.text("Continuation").equals("1");
        Instant started = stamps.instant(local.get());
        Instant answered = started.plusSeconds(ring);
        String one = row.text("Party1Device");
        String two = row.text("Party2Device");
        draft.id(
                        'r',
                        row.text("Call Start"),
                        row.text("Call ID"),
                        row.text("Continuation"),
                        row.text("Connected Time"),
                        row.text("Ring Time"),
                        row.text("Called Number"),
                        one,
                        two,
                        row.text("Hold Time"),
                        row.text("Park Time"))
                .group('g', row.text("Call Start"), row.text("Call ID"))
                .times(started, answered, answered.plusSeconds(connected).plusSeconds(held))
                .talk(connected)
                .numbers(row.text("Caller"), row.text("Called Number"))
                .code(row.firstOf("Account", "AuthCode"))
                .sequence(goesOn ? 0 : 1);
        if (isVoicemail(one) || isVoicemail(two)) {
            draft.application("VoiceMail", isVoicemail(one) ? one : two).sides(side(isVoicemail(one) ? two : one), "");
        } else {
            draft.application(Leg.SEGMENT, "").sides(from(one, two, incoming), to(one, two, incoming));
        }
        if (connected == 0) {
            draft.notAnswered("NO ANSWER");
        }
        return draft.leg();
    }

    private static boolean isIncoming(TextRow row) throws Unreadable {
        String direction = row.text("Direction");
        if (!direction.equals("I") && !direction.equals("O")) {
            throw Unreadable.because(
                    "direction", row.at("Direction") + "; I (in) or O (out) belongs there. Columns may have moved.");
        }
        return direction.equals("I");
    }

    private static boolean isVoicemail(String device) {
        return device.startsWith("V");
    }

    private static boolean isLine(String device) {
        return device.startsWith("T");
    }

    /** Of a call with a line the telephone stands first, whoever called; else who called does. */
    private static String from(String one, String two, boolean incoming) {
        return side(incoming && isLine(two) && !isLine(one) ? two : one);
    }

    private static String to(String one, String two, boolean incoming) {
        return side(incoming && isLine(two) && !isLine(one) ? one : two);
    }

    private static String side(String device) {
        if (device.isEmpty()) {
            return "";
        }
        return isLine(device) ? Side.line(device) : Side.phone(device.startsWith("E") ? device.substring(1) : device);
    }
}
