package org.rebill.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * RFC 4180, UTF-8: a head of keys, then the rows, no totals. Texts that a spreadsheet would take for a formula begin
 * with an apostrophe.
 */
final class CsvFile implements Format.SheetFile {
    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(String.join(",", sheet.columns().stream().map(Column::key).toList()) + "\r\n");
        rows.each(row -> {
            for (int i = 0; i < row.size(); i++) {
                if (i > 0) {
                    writer.write(',');
                }
                writer.write(quoted(text(row.get(i))));
            }
            writer.write("\r\n");
        });
        writer.flush();
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof ZonedDateTime time
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)
                : value instanceof String text ? harmless(text) : value.toString();
    }

    /** What begins like a formula, but for mere numbers, such as those of telephones. */
    static String harmless(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return formula && !text.matches("[+-][0-9][0-9 .]*") ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = List.of(",", "\"", "\r", "\n").stream().noneMatch(text::contains);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
