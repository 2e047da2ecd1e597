package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.RecordMapping.Layout;

/**
 * Any text of a record a line, delimited or at fixed places, of which a {@link RecordMapping} tells what stands where. Our
 * own layout: its standard mapping is what a firm may write itself.
 */
@ApplicationScoped
public class Mapped implements RecordFormat {
    /** The mapping. */
    public static final FormatOption MAPPING = new FormatOption(
            "mapping",
            "Mapping",
            "What stands where in a record, such as: layout = comma; header = yes; start = \"Date\" + \"Time\" as"
                    + " \"M/d/yyyy H:mm:ss\"; talk = \"Seconds\"; caller = \"From\"; called = \"To\"; code = \"Account\". Teach an"
                    + " unknown format on the page Sources, which writes it for you.",
            List.of(),
            "layout = comma; header = yes; start = \"Start\" as \"yyyy-MM-dd HH:mm:ss\"; talk = \"Talk\"; caller = \"Caller\";"
                    + " called = \"Called\"; code = \"Code\"");

    /** As sources name it. */
    public static final String ID = "mapped";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "Any text, by a mapping (taught)";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Let the phone system, or the program that collects its records, write a text file with a record a line:"
                        + " separated by commas, semicolons, tabs or bars, or with columns at fixed places.",
                "Let it write the start with date, time and seconds, how long they talked, the caller's and the called"
                        + " number, the extension, the account code, and an id of the call if it has one.",
                "Open Sources > Teach an unknown format, drop such a file, correct what was guessed, and save it.",
                "Without a mapping a file is read by the names in its first line: Start, Talk, Caller, Called, Code.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(MAPPING, YearFinder.NEWEST);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        return option.name().equals(MAPPING.name()) ? RecordMapping.problem(value) : YearFinder.problem(value);
    }

    /** Never surely: what a layout means is known only by the mapping. */
    @Override
    public boolean recognises(byte[] head) {
        return false;
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        RecordMapping mapping = RecordMapping.of(source.option(MAPPING));
        MappedRecord records = new MappedRecord(mapping, source, from);
        if (mapping.layout() == Layout.FIXED) {
            return new LineReader(bytes, from, source, (line, draft) -> {
                leaveOut(mapping, line);
                return records.leg(new Cells.Fixed(new FixedLine(line)), draft);
            });
        }
        byte separator = mapping.layout().separator();
        MappedHeader header = MappedHeader.of(mapping, records, from);
        Fingerprint fingerprint = new Fingerprint(source.sourceId());
        int least = Math.max(2, header.columns().count());
        DelimitedReader.Row rows =
                (fields, buffer, start, end) -> row(fields, buffer, start, end, mapping, header, records, fingerprint);
        return new DelimitedReader(new CsvCutter(bytes, from, separator, fields -> fields.count() >= least), rows);
    }

    private static Content row(
            CsvFields fields,
            byte[] buffer,
            int start,
            int end,
            RecordMapping mapping,
            MappedHeader header,
            MappedRecord records,
            Fingerprint fingerprint) {
        if (TextRows.hasNul(buffer, start, end)) {
            return TextRows.nul();
        }
        Charset charset = RecordText.charset(buffer, start, end);
        String line = new String(buffer, start, end - start, charset);
        try {
            leaveOut(mapping, line);
        } catch (Unreadable e) {
            return e.content();
        }
        if (fields.isMisquoted()) {
            return TextRows.misquoted();
        }
        List<String> values = TextRow.of(header.columns(), fields, charset).values();
        return TextRows.part(fingerprint, buffer, start, end, draft -> records.leg(header.cells(values), draft));
    }

    private static void leaveOut(RecordMapping mapping, String line) throws Unreadable {
        if (line.isBlank()) {
            throw Unreadable.ignored("blank", "An empty line.");
        }
        for (String skip : mapping.skips()) {
            if (Wildcard.matches(skip, line)) {
                throw Unreadable.ignored(
                        "skipped", "The mapping leaves out lines such as " + RecordText.shown(skip) + ".");
            }
        }
    }
}
