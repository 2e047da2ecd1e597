package org.rebill.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page that stands alone: no script, nothing from elsewhere. */
final class HtmlFile implements Format.SheetFile {
    private static final String STYLE = "body{font:14px/1.45 system-ui,sans-serif;margin:2rem;color:#1c1f26}"
            + "h1{font-size:1.35rem;margin:0 0 .25rem}p{margin:0;color:#5b6270}"
            + "table{border-collapse:collapse;margin-top:1rem}th,td{padding:.3rem .7rem;text-align:left;"
            + "border-bottom:1px solid #e3e6ec;white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums}"
            + "tfoot td{font-weight:600;border-top:2px solid #9aa1ad}";

    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        Writer html = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        String title = XmlFile.escaped(sheet.title());
        html.write("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                + "</title><style>" + STYLE + "</style></head><body>\n<h1>" + title + "</h1>\n");
        for (String note : sheet.notes()) {
            html.write("<p>" + XmlFile.escaped(note) + "</p>\n");
        }
        html.write("<table><thead><tr>");
        for (Column column : sheet.columns()) {
            html.write("<th" + look(column) + ">" + XmlFile.escaped(column.head()) + "</th>");
        }
        html.write("</tr></thead>\n<tbody>\n");
        Shown shown = new Shown(sheet.locale());
        Totals totals = new Totals(sheet);
        rows.each(row -> {
            totals.add(row);
            row(html, sheet, row, shown);
        });
        html.write("</tbody>\n");
        if (sheet.hasTotals()) {
            html.write("<tfoot>\n");
            for (List<Object> line : totals.lines("Total")) {
                row(html, sheet, line, shown);
            }
            html.write("</tfoot>\n");
        }
        html.write("</table></body></html>\n");
        html.flush();
    }

    private static String look(Column column) {
        return column.kind().isNumber() ? " class=\"n\"" : "";
    }

    private static void row(Writer html, Sheet sheet, List<Object> row, Shown shown) throws IOException {
        html.write("<tr>");
        for (int i = 0; i < row.size(); i++) {
            Column column = sheet.columns().get(i);
            html.write("<td" + look(column) + ">" + XmlFile.escaped(shown.of(column.kind(), row.get(i))) + "</td>");
        }
        html.write("</tr>\n");
    }
}
