package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * FreeSWITCH mod_cdr_csv: a record a line, no header, columns by a template of {@code cdr_csv.conf.xml} (module source
 * and shipped configuration, signalwire/freeswitch). How a record is understood is told at {@link FreeSwitchRow}.
 */
@ApplicationScoped
public class FreeSwitchCdrCsv implements RecordFormat {
    private static final FormatOption TEMPLATE = new FormatOption(
            "template",
            "Template",
            "Which columns the records have: in autoload_configs/cdr_csv.conf.xml see default-template, and copy here the"
                    + " text of that template, such as \"${caller_id_name}\",\"${caller_id_number}\",... A name alone means"
                    + " the template shipped under it: example, default, sql, snom, linksys, asterisk or opencdrrate.",
            List.of(),
            "example");
    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final Pattern CHANNEL_ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern CAUSE = Pattern.compile("[A-Z][A-Z0-9_]{3,}");
    private static final int LEAST_COLUMNS = 13;
    private static final int START = 4;
    private static final int ANSWER = 5;
    private static final int END = 6;
    private static final int DURATION = 7;
    private static final int BILLSEC = 8;
    private static final int HANGUP_CAUSE = 9;
    private static final int CHANNEL = 10;

    @Override
    public String id() {
        return "freeswitch-cdr-csv";
    }

    @Override
    public String name() {
        return "FreeSWITCH mod_cdr_csv (Master.csv)";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Log in on the FreeSWITCH server and open autoload_configs/cdr_csv.conf.xml in its configuration folder"
                        + " (/etc/freeswitch or /usr/local/freeswitch/conf).",
                "Set legs to ab, so that a transferred call gives a record for each telephone, and master-file-only to"
                        + " true.",
                "Leave default-template at example, or add to your own template ${call_uuid}, ${originator}, ${last_app}"
                        + " and ${last_arg} and copy it into this source's settings here.",
                "Write the account code into the call: set accountcode before bridge in the dial plan. The shipped"
                        + " directory gives each telephone its own number as accountcode: delete that line in"
                        + " directory/default/*.xml, or each call without a code seems to have the telephone's number as"
                        + " one.",
                "Load it: fs_cli -x \"reload mod_cdr_csv\". The module must stand in autoload_configs/modules.conf.xml.",
                "Send /var/log/freeswitch/cdr-csv/Master.csv as it is, as often as you like: what was read before is known"
                        + " again. Do not save it in a spreadsheet, which cuts seconds and leading zeros.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(TEMPLATE);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        ColumnNames columns = FreeSwitchTemplate.columns(value);
        boolean start = columns.has("start_stamp", "start_epoch", "start_uepoch", "answer_stamp", "answer_epoch");
        boolean length = columns.has("end_stamp", "end_epoch", "end_uepoch", "duration", "billsec", "billmsec");
        if (!start || !length || !columns.has("destination_number", "sip_to_user", "sip_req_user")) {
            return Optional.of("A template needs at least ${start_stamp}, ${end_stamp} or ${duration}, and"
                    + " ${destination_number}; or enter the name of a shipped one: example, default, sql, snom, linksys,"
                    + " asterisk, opencdrrate.");
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head);
        if (notText.isPresent()) {
            return Optional.of("This is " + notText.get());
        }
        String text = new String(head, StandardCharsets.UTF_8).strip();
        if (text.startsWith("<")) {
            return Optional.of("This is XML, as mod_xml_cdr writes it: send it to a source of that kind.");
        }
        if (text.startsWith("{") || text.startsWith("[{")) {
            return Optional.of("This is JSON, as mod_json_cdr writes it: send it to a source of that kind.");
        }
        return Optional.empty();
    }

    /** Whether its records begin as those of the shipped templates do, also where they are SQL statements. */
    @Override
    public boolean recognises(byte[] head) {
        List<String> lines = FirstLines.lines(head);
        char separator = separator(lines);
        return !lines.isEmpty()
                && lines.stream()
                        .map(line -> FreeSwitchRow.values(line, separator))
                        .allMatch(FreeSwitchCdrCsv::isRecord);
    }

    /** The one that parts the first line into the most values. */
    private static char separator(List<String> lines) {
        char best = SEPARATORS[0];
        int most = 0;
        for (char separator : SEPARATORS) {
            int count = lines.isEmpty()
                    ? 0
                    : FreeSwitchRow.values(lines.get(0), separator).size();
            if (count > most) {
                most = count;
                best = separator;
            }
        }
        return best;
    }

    private static boolean isRecord(List<String> values) {
        return values.size() >= LEAST_COLUMNS
                && ClockText.local(values.get(START)).isPresent()
                && (values.get(ANSWER).isEmpty()
                        || ClockText.local(values.get(ANSWER)).isPresent())
                && ClockText.local(values.get(END)).isPresent()
                && ClockText.seconds(values.get(DURATION)) >= 0
                && ClockText.seconds(values.get(BILLSEC)) >= 0
                && CAUSE.matcher(values.get(HANGUP_CAUSE)).matches()
                && CHANNEL_ID.matcher(values.get(CHANNEL)).matches();
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        ColumnNames columns = FreeSwitchTemplate.columns(source.option(TEMPLATE));
        char separator = separator(FirstLines.lines(from.head()));
        FreeSwitchRow row = new FreeSwitchRow(columns, separator, source);
        return new DelimitedReader(
                new CsvCutter(bytes, from, (byte) separator, fields -> fields.count() >= columns.count()), row);
    }
}
