package org.rebill.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.List;

/** A word processor's document: title, notes and one table whose head stands on each page, on paper turned sideways. */
final class DocxFile implements Format.SheetFile {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        Packed zip = new Packed(out);
        zip.part(
                "[Content_Types].xml",
                HEAD + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                        + "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
                        + "PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument."
                        + "wordprocessingml.document.main+xml\"/></Types>");
        zip.part(
                "_rels/.rels",
                HEAD + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                        + "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>");
        Writer xml = zip.begin("word/document.xml");
        xml.write(HEAD + "<w:document xmlns:w=\"" + WORD + "\"><w:body>");
        paragraph(xml, sheet.title(), true, 32, false);
        for (String note : sheet.notes()) {
            paragraph(xml, note, false, 18, false);
        }
        xml.write("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders><w:insideH w:val=\"single\" "
                + "w:sz=\"4\" w:color=\"D5D9E0\"/></w:tblBorders></w:tblPr>");
        xml.write("<w:tr><w:trPr><w:tblHeader/></w:trPr>");
        for (Column column : sheet.columns()) {
            cell(xml, column.head(), true, column.kind().isNumber());
        }
        xml.write("</w:tr>");
        Shown shown = new Shown(sheet.locale());
        Totals totals = new Totals(sheet);
        rows.each(row -> {
            totals.add(row);
            row(xml, sheet, row, shown, false);
        });
        if (sheet.hasTotals()) {
            for (List<Object> total : totals.lines("Total")) {
                row(xml, sheet, total, shown, true);
            }
        }
        xml.write("</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar "
                + "w:top=\"850\" w:right=\"850\" w:bottom=\"850\" w:left=\"850\" w:header=\"400\" w:footer=\"400\" "
                + "w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
        zip.end();
        zip.close();
    }

    private static void row(Writer xml, Sheet sheet, List<Object> row, Shown shown, boolean bold) throws IOException {
        xml.write("<w:tr>");
        for (int i = 0; i < row.size(); i++) {
            Column column = sheet.columns().get(i);
            cell(xml, shown.of(column.kind(), row.get(i)), bold, column.kind().isNumber());
        }
        xml.write("</w:tr>");
    }

    private static void cell(Writer xml, String text, boolean bold, boolean right) throws IOException {
        xml.write("<w:tc>");
        paragraph(xml, text, bold, 16, right);
        xml.write("</w:tc>");
    }

    private static void paragraph(Writer xml, String text, boolean bold, int halfPoints, boolean right)
            throws IOException {
        xml.write("<w:p><w:pPr><w:spacing w:after=\"40\"/>" + (right ? "<w:jc w:val=\"right\"/>" : "")
                + "</w:pPr><w:r><w:rPr>" + (bold ? "<w:b/>" : "") + "<w:sz w:val=\"" + halfPoints
                + "\"/></w:rPr><w:t xml:space=\"preserve\">" + XmlFile.escaped(text) + "</w:t></w:r></w:p>");
    }
}
