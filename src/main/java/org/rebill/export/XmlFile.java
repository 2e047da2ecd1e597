package org.rebill.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;

/** XML 1.0: {@code <sheet><rows><row><key>…</key></row></rows><totals>…</totals></sheet>}. */
final class XmlFile implements Format.SheetFile {
    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        Writer xml = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        xml.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sheet");
        if (sheet.currency() != null) {
            xml.write(" currency=\"" + escaped(sheet.currency()) + "\"");
        }
        xml.write(">\n<title>" + escaped(sheet.title()) + "</title>\n");
        for (String note : sheet.notes()) {
            xml.write("<note>" + escaped(note) + "</note>\n");
        }
        xml.write("<rows>\n");
        Totals totals = new Totals(sheet);
        rows.each(row -> {
            totals.add(row);
            row(xml, "row", sheet, row);
        });
        xml.write("</rows>\n");
        if (sheet.hasTotals()) {
            xml.write("<totals>\n");
            for (List<Object> line : totals.lines("Total")) {
                row(xml, "total", sheet, line);
            }
            xml.write("</totals>\n");
        }
        xml.write("</sheet>\n");
        xml.flush();
    }

    private static void row(Writer xml, String name, Sheet sheet, List<Object> row) throws IOException {
        xml.write("<" + name + ">");
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) != null) {
                String key = sheet.columns().get(i).key();
                xml.write("<" + key + ">" + escaped(plain(row.get(i))) + "</" + key + ">");
            }
        }
        xml.write("</" + name + ">\n");
    }

    /** As programs read it. */
    static String plain(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof ZonedDateTime time ? JsonFile.time(time) : value.toString();
    }

    /** As text and in attributes; characters that XML does not have are left out. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints()
                .filter(point -> point == '\t' || point == '\n' || point == '\r' || point >= 0x20)
                .filter(point -> point < 0xD800 || (point > 0xDFFF && point != 0xFFFE && point != 0xFFFF))
                .forEach(point -> {
                    switch (point) {
                        case '&' -> escaped.append("&amp;");
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '"' -> escaped.append("&quot;");
                        default -> escaped.appendCodePoint(point);
                    }
                });
        return escaped.toString();
    }
}
