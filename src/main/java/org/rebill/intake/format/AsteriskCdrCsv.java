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

/**
 * Asterisk's {@code cdr_csv} (Master.csv): a record a line, no header, 16 to 21 columns by the options of cdr.conf. How
 * records are cut is told at {@link CsvCutter}, how a record is understood at {@link AsteriskRow}.
 */
@ApplicationScoped
public class AsteriskCdrCsv implements RecordFormat {
    private static final int LINES_LOOKED_AT = 5;
    private static final int COLUMNS_LOOKED_AT = 30;
    private static final int FIRST_STAMP = 9;
    private static final int LAST_STAMP = 11;

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
                        + " zeros. The files in accountlogs/ and cdr-custom/ are not needed.");
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
                new ByteArrayInputStream(head), new FileStart(head, 0, 1), (byte) ',', AsteriskRow::isWhole);
        int whole = 0;
        try {
            while (whole < LINES_LOOKED_AT && cutter.cut()) {
                if (cutter.kind() == CsvCutter.Kind.FIELDS) {
                    if (!AsteriskRow.isWhole(cutter.fields())) {
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

    private static final String INSTEAD =
            "Here send /var/log/asterisk/cdr-csv/Master.csv, as cdr_csv writes it: 16 to 21"
                    + " columns without a header, the account code first, start, answer and end in columns 10 to 12.";

    private static String otherText(String text) {
        if (text.startsWith("<")) {
            return "an XML or HTML document.";
        }
        if (text.startsWith("{") || text.startsWith("[{")) {
            return "JSON, as cdr_custom or cdr_beanstalkd can write.";
        }
        if (text.startsWith("Asterisk Call Manager") || text.startsWith("Event: Cdr")) {
            return "a log of manager events (AMI).";
        }
        if (text.startsWith("-- ") || text.startsWith("INSERT INTO") || text.startsWith("CREATE TABLE")) {
            return "a dump of a database.";
        }
        String line = text.lines().filter(one -> !one.isBlank()).findFirst().orElse("");
        if (line.startsWith("\"CHAN_START\"") || line.startsWith("CHAN_START,")) {
            return "a file of channel events (CEL), not of call records.";
        }
        String bare = line.replace("\"", "").toLowerCase(Locale.ROOT);
        if (bare.startsWith("accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end")) {
            return null;
        }
        if (bare.startsWith("calldate,") || (bare.contains(",dst") && bare.contains("billsec"))) {
            return "a table with named columns, as an export of FreePBX's cdr table: add a source of the format Asterisk"
                    + " table for it.";
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
                new ByteArrayInputStream(bytes), new FileStart(bytes, 0, 1), (byte) ',', AsteriskRow::isWhole);
        try {
            if (!cutter.cut() || cutter.kind() != CsvCutter.Kind.FIELDS) {
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CsvFields fields = cutter.fields();
        if (fields.isMisquoted()) {
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
        AsteriskRow row = new AsteriskRow(source);
        return new DelimitedReader(new CsvCutter(bytes, from, (byte) ',', AsteriskRow::isWhole), row);
    }
}
