package org.rebill.intake.format;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;
import org.rebill.intake.format.ReadRecord.Content;

/**
 * Understands one record of mod_cdr_csv, whose columns a template tells.
 *
 * <p>FreeSWITCH writes a record for each channel ({@code legs=a}: those that somebody began; {@code b}: those that it
 * called for another; {@code ab}: both). The record of the a-leg names the b-leg it was connected with last
 * ({@code bleg_uuid}); that of a b-leg names nobody, save where the template has {@code originator} or
 * {@code call_uuid}. So what joins both is the b-leg's uuid. Of the same call the b-leg knows better who answered and
 * when ({@link Leg#SUMMARY}); only to the outside it does not know which telephone called.
 *
 * <p>Values are quoted by the template, but not escaped: a quote in a name stands as it is.
 */
final class FreeSwitchRow implements DelimitedReader.Row {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[A-Za-z0-9_.@+-]{12,80}");
    private static final Pattern NUMBER_IN_CALLER_ID = Pattern.compile("<([^>]*)>\\s*$");
    private static final String[] OTHER_LEG = {"bleg_uuid", "bridge_uuid", "signal_bond", "last_bridge_to"};
    private static final String[] FIRST_LEG = {"originating_leg_uuid", "originator", "aleg_uuid"};
    private static final int LEAST_COLUMNS = 5;

    private final ColumnNames columns;
    private final char separator;
    private final NumberPlan plan;
    private final LocalStamps stamps;
    private final Fingerprint fingerprint;

    /** @param separator between values; a comma save where a spreadsheet saved the file */
    FreeSwitchRow(ColumnNames columns, char separator, SourceSettings source) {
        this.columns = columns;
        this.separator = separator;
        this.plan = source.plan();
        this.stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        this.fingerprint = new Fingerprint(source.sourceId());
    }

    /** The values of a record as text: as CSV where it is that, else by the quotes that stand before separators. */
    private record Row(ColumnNames columns, TextRow row) implements FreeSwitch.Facts {
        @Override
        public String text(String... names) {
            String text = row.firstOf(names);
            boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
            return quoted ? text.substring(1, text.length() - 1).strip() : text;
        }

        @Override
        public String at(String name) {
            return row.at(name);
        }

        @Override
        public boolean tells(String name) {
            return columns.has(name);
        }
    }

    @Override
    public Content read(CsvFields fields, byte[] buffer, int start, int end) {
        if (TextRows.hasNul(buffer, start, end)) {
            return TextRows.nul();
        }
        Charset charset = RecordText.charset(buffer, start, end);
        String text = new String(buffer, start, end - start, charset);
        boolean plain = !fields.isMisquoted() && !isStatement(text);
        TextRow row = plain ? TextRow.of(columns, fields, charset) : new TextRow(columns, values(text, separator));
        return TextRows.part(fingerprint, buffer, start, end, draft -> leg(new Row(columns, row), draft));
    }

    static boolean isStatement(String line) {
        return line.stripLeading().regionMatches(true, 0, "INSERT ", 0, 7);
    }

    /** Takes a record apart whose values are quoted but not escaped, or that is an SQL statement. */
    static List<String> values(String record, char separator) {
        String text = record;
        if (isStatement(text)) {
            int open =
                    text.indexOf('(', Math.max(0, text.toUpperCase(Locale.ROOT).indexOf("VALUES")));
            int close = text.lastIndexOf(')');
            text = text.substring(open + 1, close > open ? close : text.length());
        }
        List<String> values = new ArrayList<>();
        int i = 0;
        while (i <= text.length()) {
            int from = i;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
            char quote = from < text.length() ? text.charAt(from) : separator;
            int close = quote == '"' || quote == '\'' ? closing(text, from + 1, quote, separator) : -1;
            if (close >= 0) {
                values.add(text.substring(from + 1, close));
                i = next(text, close + 1, separator) + 1;
            } else {
                int to = next(text, i, separator);
                values.add(text.substring(i, to));
                i = to + 1;
            }
        }
        return values;
    }

    /** The quote that only blanks part from a separator or the end, or -1. */
    private static int closing(String text, int from, char quote, char separator) {
        for (int i = text.indexOf(quote, from); i >= 0; i = text.indexOf(quote, i + 1)) {
            int behind = i + 1;
            while (behind < text.length() && text.charAt(behind) == ' ') {
                behind++;
            }
            if (behind == text.length() || text.charAt(behind) == separator) {
                return i;
            }
        }
        return -1;
    }

    private static int next(String text, int from, char separator) {
        int next = text.indexOf(separator, from);
        return next < 0 ? text.length() : next;
    }

    private Leg leg(Row row, LegDraft draft) throws Unreadable {
        List<String> values = row.row().values();
        if (columns.areThose(values)) {
            throw Unreadable.ignored("header", "A line with the names of the columns.");
        }
        if (values.stream().allMatch(String::isBlank)) {
            throw Unreadable.ignored("blank", "A line without values.");
        }
        if (values.size() < LEAST_COLUMNS) {
            throw Unreadable.because(
                    "columns",
                    "The record has " + values.size() + (values.size() == 1 ? " column" : " columns")
                            + "; the template in the source's settings has " + columns.count()
                            + ". A line was cut, or the file has another template: enter it there.");
        }
        FreeSwitchTimes times = FreeSwitchTimes.of(row, stamps);
        String uuid = row.text("uuid", "call_id");
        if (!uuid.isEmpty() && !UUID_TEXT.matcher(uuid).matches()) {
            throw Unreadable.because(
                    "uuid",
                    row.at("uuid") + "; a name such as d80e22e0-4c15-11ea-97a0-9dd79410affb belongs there. Columns are"
                            + " others than the source's settings say: enter the template of cdr_csv.conf.xml there.");
        }
        String called = row.text("destination_number", "sip_req_user", "sip_to_user", "callee_id_number");
        draft.times(times.started(), times.answered(), times.ended())
                .counted(times.duration())
                .talk(times.talk())
                .numbers(FreeSwitch.caller(caller(row)), called);
        identify(row, uuid, draft, values);
        sides(row, uuid, called, times.isAnswered(), draft);
        if (!times.isAnswered()) {
            draft.notAnswered(FreeSwitch.disposition(row.text("hangup_cause", "bridge_hangup_cause")));
        }
        return draft.leg();
    }

    private static String caller(Row row) {
        String number = row.text("caller_id_number", "ani", "sip_from_user", "username");
        if (!number.isEmpty()) {
            return number;
        }
        Matcher inBrackets = NUMBER_IN_CALLER_ID.matcher(row.text("caller_id"));
        return inBrackets.find() ? inBrackets.group(1) : "";
    }

    private static void identify(Row row, String uuid, LegDraft draft, List<String> values) {
        if (uuid.isEmpty()) {
            draft.id('n', values.toArray(String[]::new));
            return;
        }
        draft.id('u', uuid);
        String first = row.text(FIRST_LEG);
        String call = row.text("call_uuid");
        String other = row.text(OTHER_LEG);
        boolean namesFirst = row.tells("call_uuid") || row.tells("originator") || row.tells("originating_leg_uuid");
        if (!call.isEmpty() && !call.equals(uuid)) {
            draft.group('c', call);
        } else if (!first.isEmpty() && isCalled(row)) {
            draft.group('c', first);
        } else if (namesFirst || other.isEmpty()) {
            draft.group('c', uuid);
        } else if (row.tells("bleg_uuid")) {
            draft.group('c', other);
        } else {
            // Each of the two names the other one.
            draft.group('c', uuid.compareTo(other) < 0 ? uuid : other);
        }
    }

    private static boolean isCalled(Row row) {
        return !row.text("direction").equals("inbound");
    }

    private void sides(Row row, String uuid, String called, boolean answered, LegDraft draft) {
        String other = row.text(OTHER_LEG);
        String application = row.text("last_app");
        String arguments = row.text("last_arg");
        String channel = row.text("bridge_channel");
        boolean connected = !other.isEmpty() || !channel.isEmpty();
        boolean reachable = called.chars().anyMatch(c -> c >= '0' && c <= '9');
        String from = FreeSwitch.side(
                plan,
                connected ? uuid : "",
                caller(row),
                FreeSwitch.user(row.text("channel_name")),
                row.text("user_name"));
        String to = to(row, connected ? other : uuid, called, channel);
        String code = FreeSwitch.code(row, called);
        // A called telephone's own account is no code of the call.
        boolean ofCalled = !connected && code.equals(called) && FreeSwitch.isPhone(to);
        draft.code(ofCalled ? "" : code).sequence(connected ? 0 : 1);
        if (FreeSwitch.isVoicemail(application, arguments)) {
            draft.application("VoiceMail", arguments).sides(from, "");
        } else if (application.equals("conference")) {
            String room = row.text("conference_uuid", "conference_name", "last_arg");
            draft.application("Conference", room).sides(from, Side.room(room.isEmpty() ? called : room));
        } else if (!reachable || (answered && !connected && !application.isEmpty())) {
            draft.application(application, arguments).sides(from, "");
        } else if (connected || (FreeSwitch.isPhone(from) && !FreeSwitch.isPhone(to))) {
            draft.application(Leg.SUMMARY, "").sides(from, to);
        } else if (FreeSwitch.isPhone(to)) {
            draft.sides(from, to);
        } else {
            // Of a leg to the outside nobody knows for whom: the record of the caller tells.
            draft.sides(from, "");
        }
    }

    private String to(Row row, String connection, String called, String channel) {
        return row.text("sip_gateway_name").isEmpty()
                ? FreeSwitch.side(plan, connection, called, row.text("dialed_user"), FreeSwitch.user(channel))
                : Side.line("", connection);
    }
}
