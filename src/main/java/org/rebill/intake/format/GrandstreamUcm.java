package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Grandstream UCM's call records: an Asterisk's, with columns of its own ("CDR report data fields", Grandstream). The
 * web page exports them with names ({@code Account Code, Caller Number, ...}, or Asterisk's own {@code accountcode, src,
 * ...}); the real time output sends them without, in a fixed order. Records of one call share their {@code session}.
 * Understood by {@link AsteriskRow}.
 */
@ApplicationScoped
public class GrandstreamUcm implements RecordFormat {
    private static final byte COMMA = ',';
    private static final int LEAST_COLUMNS = 27;
    private static final ColumnNames REAL_TIME = new ColumnNames(List.of(
            "accountcode",
            "src",
            "dst",
            "dcontext",
            "clid",
            "channel",
            "dstchannel",
            "lastapp",
            "lastdata",
            "start",
            "answer",
            "end",
            "duration",
            "billsec",
            "disposition",
            "amaflags",
            "uniqueid",
            "userfield",
            "channel_ext",
            "dstchannel_ext",
            "service",
            "caller_name",
            "recordfiles",
            "dstanswer",
            "chanext",
            "dstchanext",
            "session",
            "action_owner",
            "action_type",
            "src_trunk_name",
            "dst_trunk_name",
            "nat_ip",
            "device_info"));

    @Override
    public String id() {
        return "grandstream-ucm";
    }

    @Override
    public String name() {
        return "Grandstream UCM CDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Open the UCM's web page: Extension/Trunk > Outbound Routes > (route), set PIN Groups, and add the firm's codes"
                        + " under Extension/Trunk > Outbound Routes > PIN Groups with Record in CDR ticked; or give an extension"
                        + " a fixed Account Code (CDR).",
                "Open CDR > CDR, choose the days, and Download All Records (or Download Search Result) as CSV.",
                "Or open CDR > CDR API Settings (Real-time CDR Output Settings), switch it on, and enter the address and port on"
                        + " which Rebill's collector listens.",
                "Choose as the source's zone the UCM's, under System Settings > Time Settings.",
                "Send the CSV as it was downloaded.");
    }

    @Override
    public boolean recognises(byte[] head) {
        return table(head).isPresent() || FirstLines.of(head, COMMA).allMatch(GrandstreamUcm::isRealTime);
    }

    private static Optional<NamedTable> table(byte[] head) {
        return NamedTable.of(
                head,
                columns -> AsteriskColumns.named(columns).suffice()
                        && columns.has(
                                "acctid", "action_owner", "action_type", "src_trunk_name", "Dest Channel", "session"));
    }

    private static boolean isRealTime(List<String> values) {
        return values.size() >= LEAST_COLUMNS
                && values.size() <= REAL_TIME.count()
                && AsteriskTimes.isTime(values.get(9))
                && AsteriskTimes.isTime(values.get(11))
                && values.get(12).matches("[0-9]+")
                && values.get(13).matches("[0-9]+");
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        AsteriskColumns columns =
                AsteriskColumns.named(table.map(NamedTable::columns).orElse(REAL_TIME));
        byte separator = table.map(NamedTable::separator).orElse(COMMA);
        return new DelimitedReader(
                new CsvCutter(bytes, from, separator, fields -> AsteriskRow.isWhole(fields, columns)),
                new AsteriskRow(source, columns));
    }
}
