package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asterisk's {@code cdr_csv} (Master.csv): a record a line, no header, 16 to 21 columns by the options of cdr.conf. How
 * records are cut is told at {@link CsvCutter}, how a record is understood at {@link AsteriskRow}.
 *
 * <p>The same source takes the channel events (CEL) of these calls, as cel_custom writes them ({@link AsteriskEventRow}).
 * Each line is understood by itself, so that a file or push may also hold both.
 */
@ApplicationScoped
public class AsteriskCdrCsv implements RecordFormat {
    /** An event's name behind the first column. */
    private static final Pattern CEL_ELSEWHERE = Pattern.compile("[^\"]\\W(CHAN_START|LINKEDID_END|BRIDGE_ENTER)\\W");

    private static final int LINES_LOOKED_AT = 5;
    private static final int COLUMNS_LOOKED_AT = 30;
    private static final int FIRST_STAMP = 9;
    private static final int LAST_STAMP = 11;

    private static final String EVENTS =
            "CHAN_START,CHAN_END,ANSWER,HANGUP,APP_START,BRIDGE_ENTER,BRIDGE_EXIT,BLINDTRANSFER,ATTENDEDTRANSFER,"
                    + "PICKUP,FORWARD,PARK_START,PARK_END,LINKEDID_END";

    private static final String MAPPING = Stream.of(
                    "eventtype",
                    "eventtime",
                    "CALLERID(name)",
                    "CALLERID(num)",
                    "CALLERID(ANI)",
                    "CALLERID(RDNIS)",
                    "CALLERID(DNID)",
                    "CHANNEL(exten)",
                    "CHANNEL(context)",
                    "CHANNEL(channame)",
                    "CHANNEL(appname)",
                    "CHANNEL(appdata)",
                    "CHANNEL(amaflags)",
                    "CHANNEL(accountcode)",
                    "CHANNEL(uniqueid)",
                    "CHANNEL(linkedid)",
                    "BRIDGEPEER",
                    "CHANNEL(userfield)",
                    "userdeftype",
                    "eventextra")
            .map(variable -> "${CSV_QUOTE(${" + variable + "})}")
            .collect(Collectors.joining(","));

    @Override
    public String id() {
        return "asterisk-cdr-csv";
    }

    @Override
    public String name() {
        return "Asterisk / FreePBX cdr_csv (Master.csv)";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Log in on the Asterisk server as root and open /etc/asterisk/cdr.conf. On FreePBX, which writes that file"
                        + " anew, open /etc/asterisk/cdr_general_custom.conf instead and add the section [csv], with its"
                        + " heading, at the end.",
                "Under [general] leave enable=yes and initiatedseconds=no, so that seconds are not rounded up by the phone"
                        + " system.",
                "Under [csv] set usegmtime=yes, loguniqueid=yes, loguserfield=yes, newcdrcolumns=yes and accountlogs=no,"
                        + " a line each. Then tell Rebill that this phone system's stamps are in UTC. Without loguniqueid"
                        + " and newcdrcolumns the records of one call can be joined by their channels only.",
                "Load it: asterisk -rx \"module load cdr_csv.so\", and where it was loaded before asterisk -rx \"module"
                        + " reload cdr_csv.so\". Check with asterisk -rx \"cdr show status\": csv must stand under"
                        + " Registered Backends.",
                "Write the account code into the call: Set(CHANNEL(accountcode)=${CODE}) before Dial() in the dial plan;"
                        + " on FreePBX under Applications > Extensions > Advanced > Account Code, or by a PIN set that"
                        + " records in the CDR. CDR(userfield)=code:${CODE} and dial strings such as *72*CODE*NUMBER are"
                        + " read as well.",
                "Send the file /var/log/asterisk/cdr-csv/Master.csv as it is, as often as you like: what was read before"
                        + " is known again. Do not open and save it in a spreadsheet, which rewrites dates and cuts leading"
                        + " zeros. The files in accountlogs/ and cdr-custom/ are not needed.",
                "The records alone cannot tell when a person answered behind a prompt, menu or queue, or who talked how"
                        + " long around a transfer; Rebill marks such calls. To have them exact let Asterisk write its"
                        + " channel events (CEL) too: in /etc/asterisk/cel.conf (FreePBX:"
                        + " /etc/asterisk/cel_general_custom.conf, without the heading) under [general] set enable=yes,"
                        + " apps=dial,queue,page,followme,voicemail and events=" + EVENTS + ", a line each, and no"
                        + " dateformat.",
                "In /etc/asterisk/cel_custom.conf write under [mappings], all in one line: Master.csv => " + MAPPING
                        + ".",
                "Load it: asterisk -rx \"module load cel_custom.so\", and where it was loaded before asterisk -rx"
                        + " \"module reload cel_custom.so\"; then asterisk -rx \"module reload cel\". Check with asterisk -rx"
                        + " \"cel show status\": CEL must be Enabled and the custom CSV logger be listed.",
                "Send /var/log/asterisk/cel-custom/Master.csv to this same source of Rebill, before or after the records,"
                        + " as often as you like. Each call is put together again as soon as its events are complete.");
    }

    @Override
    public List<CollectorSetting> collector() {
        return List.of(
                new CollectorSetting(
                        "way", "follow", "The collector runs on the Asterisk server and follows its file."),
                new CollectorSetting(
                        "file",
                        "/var/log/asterisk/cdr-csv/Master.csv",
                        "Where cdr_csv writes; it may be rotated by renaming or by copying and cutting."));
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head);
        if (notText.isPresent()) {
            return Optional.of("This is " + notText.get());
        }
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        if (text.startsWith("\ufeff")) {
            text = text.substring(1).stripLeading();
        }
        return Optional.ofNullable(otherText(text)).map(what -> "This is " + what + " " + INSTEAD);
    }

    /** Whether each of the first lines is a whole record. */
    @Override
    public boolean recognises(byte[] head) {
        if (FileHead.notText(head).isPresent()) {
            return false;
        }
        CsvCutter cutter = new CsvCutter(
                new ByteArrayInputStream(head), new FileStart(head, 0, 1), (byte) ',', AsteriskCdrCsv::isWhole);
        int whole = 0;
        try {
            while (whole < LINES_LOOKED_AT && cutter.cut()) {
                if (cutter.kind() == CsvCutter.Kind.FIELDS) {
                    if (!isWhole(cutter.fields())) {
                        // The last line may have been cut where the head ends.
                        return whole > 0 && cutter.offset() + cutter.length() == head.length;
                    }
                    whole++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole > 0;
    }

    private static boolean isWhole(CsvFields fields) {
        return AsteriskRow.isWhole(fields) || AsteriskEventRow.isWhole(fields);
    }

    private static final String INSTEAD =
            "Here send /var/log/asterisk/cdr-csv/Master.csv, as cdr_csv writes it: 16 to 21"
                    + " columns without a header, the account code first, start, answer and end in columns 10 to 12.";

    private static String otherText(String text) {
        if (text.startsWith("<")) {
            return "an XML or HTML document.";
        }
        if (text.startsWith("{") || text.startsWith("[{")) {
            return "JSON, as cdr_custom can write it: add a source of the format Asterisk cdr_custom as JSON for it.";
        }
        if (text.startsWith("Asterisk Call Manager") || text.startsWith("Event: Cdr")) {
            return "a log of manager events (AMI): add a source of the format Asterisk manager events for it.";
        }
        if (text.startsWith("-- ") || text.startsWith("INSERT INTO") || text.startsWith("CREATE TABLE")) {
            return "a dump of a database.";
        }
        String line = text.lines().filter(one -> !one.isBlank()).findFirst().orElse("");
        String bare = line.replace("\"", "").toLowerCase(Locale.ROOT);
        if (bare.startsWith("accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end")) {
            return null;
        }
        if (bare.startsWith("calldate,") || (bare.contains(",dst") && bare.contains("billsec"))) {
            return "a table with named columns, as an export of FreePBX's cdr table: add a source of the format Asterisk"
                    + " table for it.";
        }
        if (CEL_ELSEWHERE.matcher(line).find()) {
            return "a file of channel events (CEL) with columns of its own order. Write it with the mapping told in the"
                    + " set-up steps: eventtype, eventtime first, a comma between.";
        }
        if (hasOwnOrder(text)) {
            return "a file with columns of its own order, as cdr_custom writes (perhaps"
                    + " /var/log/asterisk/cdr-custom/Master.csv): add a source of the format Asterisk table for it.";
        }
        return null;
    }

    /** Whether each of the first lines holds stamps, but at other places than ours. */
    private static boolean hasOwnOrder(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_LOOKED_AT)
                .toList();
        return !lines.isEmpty() && lines.stream().allMatch(AsteriskCdrCsv::isOfOwnOrder);
    }

    private static boolean isOfOwnOrder(String line) {
        if (line.chars().filter(c -> c == ';').count() > 5 && line.indexOf(',') < 0) {
            return true;
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        CsvCutter cutter = new CsvCutter(
                new ByteArrayInputStream(bytes), new FileStart(bytes, 0, 1), (byte) ',', AsteriskCdrCsv::isWhole);
        try {
            if (!cutter.cut() || cutter.kind() != CsvCutter.Kind.FIELDS) {
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CsvFields fields = cutter.fields();
        if (fields.isMisquoted() || AsteriskEventRow.isEvent(fields)) {
            return false;
        }
        boolean elsewhere = false;
        for (int i = 0; i < Math.min(fields.count(), COLUMNS_LOOKED_AT); i++) {
            if (LocalStamps.parse(fields.bytes(), fields.from(i), fields.to(i)) != LocalStamps.NONE) {
                elsewhere |= i < FIRST_STAMP || i > LAST_STAMP;
            }
        }
        return elsewhere;
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        AsteriskRow record = new AsteriskRow(source);
        AsteriskEventRow event = new AsteriskEventRow(source);
        DelimitedReader.Row row = (fields, buffer, start, end) ->
                (AsteriskEventRow.isEvent(fields) ? event : record).read(fields, buffer, start, end);
        return new DelimitedReader(new CsvCutter(bytes, from, (byte) ',', AsteriskCdrCsv::isWhole), row);
    }
}
