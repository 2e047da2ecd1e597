package org.rebill.intake.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.CallEvent;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

/**
 * Understands one line of Asterisk's channel event log as cel_custom writes it with the columns of its own sample
 * (cel_custom.conf.sample): eventtype, eventtime, CALLERID name, num, ANI, RDNIS, DNID, then CHANNEL exten, context,
 * channame, appname, appdata, amaflags, accountcode, uniqueid, linkedid; then BRIDGEPEER, userfield, userdeftype,
 * eventextra, of which the last holds the bridge.
 *
 * <p>An event joins the call of the records with its linkedid. Its identity is all that tells it apart: kind, time,
 * channel, unique and linked id, peers and what it holds besides. Digits pressed and sounds played are not kept: they
 * tell nothing of who talked, and may be somebody's secret. Not for several threads.
 */
final class AsteriskEventRow implements DelimitedReader.Row {
    private static final int TYPE = 0;
    private static final int TIME = 1;
    private static final int NUMBER = 3;
    private static final int EXTENSION = 7;
    private static final int CHANNEL = 9;
    private static final int APPLICATION = 10;
    private static final int DATA = 11;
    private static final int ACCOUNT = 13;
    private static final int UNIQUE_ID = 14;
    private static final int LINKED_ID = 15;
    private static final int PEER = 16;
    private static final int USER_FIELD = 17;
    private static final int EXTRA = 19;
    private static final int LEAST_COLUMNS = LINKED_ID + 1;
    private static final int MOST_COLUMNS = 24;

    private static final Set<String> KEPT = Set.of(
            "CHAN_START",
            "CHAN_END",
            "HANGUP",
            "ANSWER",
            "APP_START",
            "BRIDGE_ENTER",
            "BRIDGE_EXIT",
            "BLINDTRANSFER",
            "ATTENDEDTRANSFER",
            "PICKUP",
            "FORWARD",
            "PARK_START",
            "PARK_END",
            "LINKEDID_END");
    private static final Set<String> UNUSED = Set.of(
            "APP_END",
            "DTMF",
            "STREAM_BEGIN",
            "STREAM_END",
            "LOCAL_OPTIMIZE_BEGIN",
            "LOCAL_OPTIMIZE",
            "LOCAL_OPTIMIZE_END",
            "USER_DEFINED",
            "HOOKFLASH",
            "TRANSFER",
            "BRIDGE_START",
            "BRIDGE_END",
            "BRIDGE_UPDATE",
            "CONF_START",
            "CONF_END",
            "CONF_ENTER",
            "CONF_EXIT",
            "3WAY_START",
            "3WAY_END");
    private static final int SHORTEST_TYPE = 4;
    private static final int EPOCH_DIGITS = 10;
    private static final int FRACTION = 6;
    private static final long SECOND = 1_000_000;

    private static final Pattern BRIDGE = Pattern.compile("\"bridge_id\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern HOLDS = Pattern.compile("\"bridge_technology\"\\s*:\\s*\"holding_bridge\"");
    private static final Pattern CAUSE = Pattern.compile("\"hangupcause\"\\s*:\\s*(\\d{1,3})");

    private final LocalStamps stamps;
    private final Fingerprint fingerprint;

    AsteriskEventRow(SourceSettings source) {
        stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        fingerprint = new Fingerprint(source.sourceId());
    }

    /** Whether a line is an event, readable or not, and no call record. */
    static boolean isEvent(CsvFields fields) {
        return hasKnownType(fields) || (fields.count() >= LEAST_COLUMNS && isEpoch(fields));
    }

    /** Whether a single line has the shape of an event. */
    static boolean isWhole(CsvFields fields) {
        return fields.count() >= LEAST_COLUMNS
                && fields.count() <= MOST_COLUMNS
                && hasKnownType(fields)
                && (isEpoch(fields) || isStamp(fields))
                && !fields.isEmpty(CHANNEL);
    }

    private static boolean hasKnownType(CsvFields fields) {
        int length = fields.length(TYPE);
        if (length < SHORTEST_TYPE || fields.bytes()[fields.to(TYPE) - 1] < 'A' || fields.count() <= TIME) {
            return false;
        }
        String type = fields.text(TYPE, StandardCharsets.ISO_8859_1);
        return KEPT.contains(type) || UNUSED.contains(type);
    }

    /** Seconds and microseconds since 1970, as written without a {@code dateformat}. */
    private static boolean isEpoch(CsvFields fields) {
        int dot = fields.from(TIME) + EPOCH_DIGITS;
        return fields.length(TIME) == EPOCH_DIGITS + 1 + FRACTION
                && fields.bytes()[dot] == '.'
                && digits(fields.bytes(), fields.from(TIME), dot) >= 0
                && digits(fields.bytes(), dot + 1, fields.to(TIME)) >= 0;
    }

    /** {@code 2026-09-01 09:02:11}, with a fraction or without. */
    private static boolean isStamp(CsvFields fields) {
        return fields.length(TIME) >= 19
                && LocalStamps.parse(fields.bytes(), fields.from(TIME), fields.from(TIME) + 19) != LocalStamps.NONE;
    }

    /** A number, or -1. */
    private static long digits(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    @Override
    public Content read(CsvFields fields, byte[] buffer, int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == 0) {
                return AsteriskRow.nul();
            }
        }
        if (fields.isMisquoted()) {
            return AsteriskRow.misquoted();
        }
        Charset charset = RecordText.charset(buffer, start, end);
        String type = fields.text(TYPE, charset);
        if (!KEPT.contains(type)) {
            return UNUSED.contains(type)
                    ? new Ignored("event.unused", "An event that tells nothing of who talked: digits, sounds and such.")
                    : new Ignored("event.own", "An event of the dial plan's own.");
        }
        if (fields.count() < LEAST_COLUMNS || fields.count() > MOST_COLUMNS) {
            return new Quarantined(
                    "event.columns",
                    "The event has " + fields.count() + " columns; cel_custom writes 20 with the mapping told in the"
                            + " set-up steps. Put the mapping in cel_custom.conf and send the file again.");
        }
        if (!isEpoch(fields) && !isStamp(fields)) {
            return new Quarantined(
                    "event.time",
                    "Column 2 (eventtime) holds " + RecordText.shown(fields.text(TIME, charset))
                            + "; seconds since 1970 with six digits behind the point belong there, as Asterisk writes"
                            + " without dateformat in cel.conf, or a time such as 2026-09-01 09:02:11.");
        }
        int link = fields.isEmpty(LINKED_ID) ? UNIQUE_ID : LINKED_ID;
        if (fields.isEmpty(link) || fields.isEmpty(CHANNEL)) {
            return new Quarantined(
                    "event.link",
                    "Columns 10 (channame), 15 (uniqueid) and 16 (linkedid) tell which call the event belongs to; they"
                            + " are empty. Use the mapping told in the set-up steps.");
        }
        return new ReadRecord.Part(
                event(fields, charset, type).leg(id(fields), callId(fields, link)), fingerprint.of(buffer, start, end));
    }

    private CallEvent event(CsvFields fields, Charset charset, String type) {
        String called = fields.text(EXTENSION, charset);
        return new CallEvent(
                type,
                micros(fields),
                fields.text(CHANNEL, charset),
                fields.text(UNIQUE_ID, charset),
                optional(fields, PEER, charset),
                fields.text(NUMBER, charset),
                called,
                fields.text(APPLICATION, charset),
                fields.text(DATA, charset),
                AsteriskRow.code(
                        fields.text(ACCOUNT, charset).strip(),
                        optional(fields, USER_FIELD, charset).strip(),
                        called),
                mark(type, optional(fields, EXTRA, charset)));
    }

    private static String optional(CsvFields fields, int field, Charset charset) {
        return field < fields.count() ? fields.text(field, charset) : "";
    }

    private long micros(CsvFields fields) {
        byte[] bytes = fields.bytes();
        int from = fields.from(TIME);
        int to = fields.to(TIME);
        if (isEpoch(fields)) {
            int dot = from + EPOCH_DIGITS;
            return digits(bytes, from, dot) * SECOND + digits(bytes, dot + 1, to);
        }
        long local = LocalStamps.parse(bytes, from, from + 19);
        stamps.resolve(local, LocalStamps.NONE, local, 0, 0, LocalStamps.NONE);
        int digits = Math.min(FRACTION, to - from - 20);
        long fraction = digits > 0 ? digits(bytes, from + 20, from + 20 + digits) : 0;
        for (int i = Math.max(0, digits); i < FRACTION; i++) {
            fraction *= 10;
        }
        return stamps.start() * SECOND + Math.max(0, fraction);
    }

    private static String mark(String type, String extra) {
        if (type.equals("HANGUP")) {
            Matcher cause = CAUSE.matcher(extra);
            return cause.find() ? cause.group(1) : "";
        }
        Matcher bridge = BRIDGE.matcher(extra);
        if (!bridge.find()) {
            return "";
        }
        return HOLDS.matcher(extra).find() ? CallEvent.HOLDING + bridge.group(1) : bridge.group(1);
    }

    private UUID id(CsvFields fields) {
        fingerprint
                .begin('e')
                .add(fields, TYPE)
                .add(fields, TIME)
                .add(fields, CHANNEL)
                .add(fields, APPLICATION)
                .add(fields, UNIQUE_ID)
                .add(fields, LINKED_ID);
        for (int field = PEER; field <= EXTRA && field < fields.count(); field++) {
            fingerprint.add(fields, field);
        }
        return fingerprint.id();
    }

    private UUID callId(CsvFields fields, int link) {
        return fingerprint.begin('g').add(fields, link).id();
    }
}
