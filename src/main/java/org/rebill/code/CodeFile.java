package org.rebill.code;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rebill.platform.Refusal;

/**
 * Codes as CSV: a header of known columns in any order, of which {@code code} and {@code client} must be there; commas,
 * semicolons or tabs between, as spreadsheets of different countries write.
 */
final class CodeFile {
    /** Characters of a file at most. */
    static final int MOST_CHARACTERS = 5 << 20;
    /** Lines of a file at most, the header left out. */
    static final int MOST_LINES = 50_000;

    static final List<String> COLUMNS = List.of("code", "label", "client", "matter", "group", "from", "retired");

    private CodeFile() {}

    /** Reads a file. Refused (422) when it is no such file; what is wrong with its lines is for {@link CodePlan}. */
    static List<CodeLine> read(String text) {
        if (text == null || text.isBlank()) {
            throw refused("file.empty", "There is nothing in it. The first line is " + String.join(",", COLUMNS) + ".");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw refused("file.large", "The file is larger than 5 MiB. Cut it into several.");
        }
        String content = text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
        List<CodeLine> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator(content))
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .ofCsvRecord(content)) {
            Map<String, Integer> columns = null;
            for (CsvRecord one : records) {
                if (columns == null) {
                    columns = columns(one.getFields());
                } else if (lines.size() == MOST_LINES) {
                    throw refused("file.long", "The file has more than 50,000 lines. Cut it into several.");
                } else {
                    lines.add(line(one, columns));
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw refused("file.csv", "This is not CSV: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static Refusal refused(String code, String text) {
        return new Refusal.Invalid("file", code, text);
    }

    private static char separator(String content) {
        String first = content.lines().findFirst().orElse("");
        return Stream.of(';', '\t')
                .filter(mark -> first.indexOf(mark) >= 0)
                .findFirst()
                .orElse(',');
    }

    private static Map<String, Integer> columns(List<String> header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).strip().toLowerCase(Locale.ROOT);
            if (!COLUMNS.contains(name)) {
                throw refused(
                        "file.column",
                        "The first line has a column '" + header.get(i).strip() + "'. Known: "
                                + String.join(", ", COLUMNS) + ".");
            }
            if (columns.put(name, i) != null) {
                throw refused("file.column", "The first line has the column '" + name + "' twice.");
            }
        }
        for (String needed : List.of("code", "client")) {
            if (!columns.containsKey(needed)) {
                throw refused("file.column", "The first line has no column '" + needed + "'.");
            }
        }
        return columns;
    }

    private static CodeLine line(CsvRecord one, Map<String, Integer> columns) {
        Function<String, String> field = name -> {
            Integer at = columns.get(name);
            return at == null || at >= one.getFieldCount()
                    ? ""
                    : one.getField(at).strip();
        };
        return new CodeLine(
                one.getStartingLineNumber(),
                field.apply("code"),
                field.apply("label"),
                field.apply("client"),
                field.apply("matter"),
                field.apply("group"),
                field.apply("from"),
                field.apply("retired"));
    }

    /** Writes lines as they are read. */
    static String write(List<CodeLine> lines) {
        StringWriter out = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(out)) {
            csv.writeRecord(COLUMNS);
            for (CodeLine line : lines) {
                csv.writeRecord(
                        line.code(),
                        line.label(),
                        line.client(),
                        line.matter(),
                        line.group(),
                        line.from(),
                        line.retired());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** A moment as it stands in a file: the day when that is its first moment, else to the minute or finer; empty for none. */
    static String moment(Instant at, ZoneId zone) {
        if (at == null) {
            return "";
        }
        LocalDateTime local = LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.MICROS), zone);
        return local.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? local.toLocalDate().toString()
                : local.toString();
    }
}
