package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asterisk's call records with columns in an order of their own: FreePBX's table {@code cdr} as exported, tables of
 * {@code cdr_adaptive_odbc} and {@code cdr_pgsql}, and files of {@code cdr_custom}. The names stand in the first line, or
 * where there is none in the source's settings, as names or as the mapping of cdr_custom.conf itself. A record means
 * the same as in {@link AsteriskCdrCsv} and is understood by the same {@link AsteriskRow}.
 */
@ApplicationScoped
public class AsteriskTable implements RecordFormat {
    private static final FormatOption COLUMNS = new FormatOption(
            "columns",
            "Columns, if the file has no line of names",
            "The names of the columns in their order, separated by commas, or the line of /etc/asterisk/cdr_custom.conf"
                    + " that begins with the file's name and =>. Needed are start, src, dst, disposition, duration and"
                    + " billsec; of use are accountcode, channel, dstchannel, lastapp, lastdata, answer, end, uniqueid,"
                    + " linkedid, sequence and userfield.",
            List.of(),
            "clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,"
                    + "amaflags,accountcode,uniqueid,userfield,sequence");

    private static final byte[] SEPARATORS = {',', ';', '\t', '|'};
    private static final Pattern VARIABLE = Pattern.compile("CDR\\(\\s*([A-Za-z_0-9]+)");
    private static final Pattern UNIQUE_ID = Pattern.compile("(?:[^\\s,;]*-)?[0-9]{9,11}\\.[0-9]{1,10}");
    /** An epoch second with six digits behind its point is longer than most ids. */
    private static final int LONGEST_ID = 16;

    private static final Set<String> DISPOSITIONS =
            Set.of("ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "CANCEL");

    @Override
    public String id() {
        return "asterisk-cdr-named";
    }

    @Override
    public String name() {
        return "Asterisk table (FreePBX cdr export, cdr_custom, cdr_adaptive_odbc)";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "On FreePBX, Issabel or another system with a database, log in on the server as root and export the table"
                        + " with its names: mysql asteriskcdrdb -B -e \"SELECT * FROM cdr WHERE calldate >= '2026-09-01'\""
                        + " > cdr.txt.",
                "Without a database, open /etc/asterisk/cdr_custom.conf and take the comment mark off [mappings] and the line"
                        + " Master.csv; add ,${CSV_QUOTE(${CDR(linkedid)})} at its end, so that the records of one call can"
                        + " be joined. Load it: asterisk -rx \"module reload cdr_custom.so\".",
                "Paste that line of cdr_custom.conf under Columns in Rebill; a file with a line of names needs none.",
                "Write the account code into the call: Set(CHANNEL(accountcode)=${CODE}) before Dial() in the dial plan; on"
                        + " FreePBX under Applications > Extensions > Advanced > Account Code, or by a PIN set that records in"
                        + " the CDR.",
                "Send the exported file, or /var/log/asterisk/cdr-custom/Master.csv, as it is. Do not open and save it in a"
                        + " spreadsheet, which rewrites dates and cuts leading zeros.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(COLUMNS);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        AsteriskColumns columns = AsteriskColumns.named(names(value));
        return columns.suffice()
                ? Optional.empty()
                : Optional.of(
                        "These columns do not tell enough: start (or calldate), src, dst, disposition, duration (or end)"
                                + " and billsec (or answer) are needed.");
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head).map(what -> "This is " + what);
        if (notText.isPresent()) {
            return notText;
        }
        return FirstLines.of(head, SEPARATORS[0]).records().stream()
                .findFirst()
                .map(line -> String.join(",", line).stripLeading())
                .filter(line -> line.startsWith("{") || line.startsWith("INSERT INTO") || line.startsWith("-- "))
                .map(line -> line.startsWith("{")
                        ? "This is JSON: add a source of the format Asterisk cdr_custom as JSON for it, or export the table"
                                + " as CSV or text with a line of names."
                        : "This is a dump with SQL commands. Export the table as CSV or text with a line of names.");
    }

    @Override
    public boolean recognises(byte[] head) {
        return table(head).isPresent()
                || (isBare(head) && !new AsteriskCdrCsv().recognises(head) && !new GrandstreamUcm().recognises(head));
    }

    private static Optional<NamedTable> table(byte[] head) {
        return NamedTable.of(
                head,
                columns -> AsteriskColumns.named(columns).suffice()
                        && columns.has("dcontext", "clid", "channel", "lastapp", "uniqueid", "linkedid", "accountcode")
                        && !columns.has(
                                "acctid", "action_owner", "action_type", "src_trunk_name", "Dest Channel", "session"));
    }

    /** Whether records without names look like Asterisk's, but not like those of cdr_csv. */
    private static boolean isBare(byte[] head) {
        for (byte separator : SEPARATORS) {
            if (FirstLines.of(head, separator).allMatch(AsteriskTable::isBareRecord)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBareRecord(List<String> values) {
        int stamps = 0;
        int ids = 0;
        int dispositions = 0;
        for (String written : values) {
            String value = written.strip();
            boolean number = value.matches("[0-9]*") || UNIQUE_ID.matcher(value).matches();
            stamps += (!number || value.length() > LONGEST_ID) && AsteriskTimes.isTime(value) ? 1 : 0;
            ids += UNIQUE_ID.matcher(value).matches() ? 1 : 0;
            dispositions += DISPOSITIONS.contains(value) ? 1 : 0;
        }
        return values.size() >= 8 && stamps >= 2 && ids >= 1 && dispositions == 1;
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        ColumnNames names = table.map(NamedTable::columns).orElseGet(() -> names(source.option(COLUMNS)));
        byte separator = table.map(NamedTable::separator).orElseGet(() -> separator(from.head(), names.count()));
        AsteriskColumns columns = AsteriskColumns.named(names);
        if (!columns.suffice()) {
            return NamedTable.unnamed(
                    bytes, source, from, "Send it with that line, or name the columns in the source's" + " settings.");
        }
        AsteriskRow row = new AsteriskRow(source, columns);
        return new DelimitedReader(
                new CsvCutter(bytes, from, separator, fields -> AsteriskRow.isWhole(fields, columns)), row);
    }

    /** What cuts the first records into as many columns as are named. */
    private static byte separator(byte[] head, int count) {
        byte best = SEPARATORS[0];
        int nearest = Integer.MAX_VALUE;
        for (byte separator : SEPARATORS) {
            for (List<String> record : FirstLines.of(head, separator).records()) {
                int apart = Math.abs(record.size() - count);
                if (apart < nearest) {
                    nearest = apart;
                    best = separator;
                }
            }
        }
        return best;
    }

    /** Of names, or of a mapping such as {@code Master.csv => ${CSV_QUOTE(${CDR(clid)})},${CDR(sequence)}}. */
    private static ColumnNames names(String columns) {
        int arrow = columns.indexOf("=>");
        String mapping = arrow < 0 ? columns : columns.substring(arrow + 2);
        List<String> names = new ArrayList<>();
        for (String piece : pieces(mapping)) {
            Matcher variable = VARIABLE.matcher(piece);
            names.add(variable.find() ? variable.group(1) : piece.strip().replace("\"", ""));
        }
        return new ColumnNames(names);
    }

    /** Cut at separators that stand outside of brackets. */
    private static List<String> pieces(String mapping) {
        List<String> pieces = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < mapping.length(); i++) {
            char c = mapping.charAt(i);
            if (c == '(' || c == '{') {
                depth++;
            } else if (c == ')' || c == '}') {
                depth--;
            } else if (depth <= 0 && ",;|\t".indexOf(c) >= 0) {
                pieces.add(mapping.substring(from, i));
                from = i + 1;
            }
        }
        pieces.add(mapping.substring(from));
        return pieces;
    }
}
