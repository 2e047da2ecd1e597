package org.rebill.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** OpenDocument spreadsheet 1.3, written as it streams; every value has its type. */
final class OdsFile implements Format.SheetFile {
    private static final String TYPE = "application/vnd.oasis.opendocument.spreadsheet";
    private static final String NAMES = "urn:oasis:names:tc:opendocument:xmlns:";

    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        Packed zip = new Packed(out);
        zip.stored("mimetype", TYPE);
        zip.part(
                "META-INF/manifest.xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"" + NAMES
                        + "manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
                        + "manifest:media-type=\"" + TYPE
                        + "\"/><manifest:file-entry manifest:full-path=\"content.xml\" "
                        + "manifest:media-type=\"text/xml\"/></manifest:manifest>");
        Writer xml = zip.begin("content.xml");
        xml.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content xmlns:office=\"" + NAMES
                + "office:1.0\" xmlns:table=\"" + NAMES + "table:1.0\" xmlns:text=\"" + NAMES
                + "text:1.0\" office:version=\"1.3\"><office:body><office:spreadsheet><table:table table:name=\""
                + XmlFile.escaped(sheet.title()) + "\"><table:table-column table:number-columns-repeated=\""
                + sheet.columns().size() + "\"/>");
        line(xml, sheet.title());
        for (String note : sheet.notes()) {
            line(xml, note);
        }
        line(xml, "");
        xml.write("<table:table-row>");
        for (Column column : sheet.columns()) {
            text(xml, column.head());
        }
        xml.write("</table:table-row>");
        Totals totals = new Totals(sheet);
        rows.each(row -> {
            totals.add(row);
            row(xml, row);
        });
        if (sheet.hasTotals()) {
            for (List<Object> total : totals.lines("Total")) {
                row(xml, total);
            }
        }
        xml.write("</table:table></office:spreadsheet></office:body></office:document-content>");
        zip.end();
        zip.close();
    }

    private static void line(Writer xml, String words) throws IOException {
        xml.write("<table:table-row>");
        text(xml, words);
        xml.write("</table:table-row>");
    }

    private static void row(Writer xml, List<Object> row) throws IOException {
        xml.write("<table:table-row>");
        for (Object value : row) {
            cell(xml, value);
        }
        xml.write("</table:table-row>");
    }

    private static void cell(Writer xml, Object value) throws IOException {
        if (value instanceof Number) {
            String number = Totals.number(value).toPlainString();
            typed(xml, "float\" office:value=\"" + number, number);
        } else if (value instanceof LocalDate day) {
            typed(xml, "date\" office:date-value=\"" + day, day.toString());
        } else if (value instanceof ZonedDateTime time) {
            String local = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.withNano(0));
            typed(xml, "date\" office:date-value=\"" + local, local.replace('T', ' '));
        } else {
            text(xml, value == null ? "" : value.toString());
        }
    }

    private static void typed(Writer xml, String typeAndValue, String shown) throws IOException {
        xml.write("<table:table-cell office:value-type=\"" + typeAndValue + "\"><text:p>" + shown
                + "</text:p></table:table-cell>");
    }

    private static void text(Writer xml, String value) throws IOException {
        xml.write(
                value.isEmpty()
                        ? "<table:table-cell/>"
                        : "<table:table-cell office:value-type=\"string\"><text:p>" + XmlFile.escaped(value)
                                + "</text:p></table:table-cell>");
    }
}
