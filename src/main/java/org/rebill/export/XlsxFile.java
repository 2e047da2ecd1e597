package org.rebill.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Office Open XML, written as it streams: numbers are numbers, days are days, texts are never formulas. */
final class XlsxFile implements Format.SheetFile {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    /** The day before the first, as spreadsheets count (with 1900 as a leap year). */
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);

    private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(86_400);

    /** Positions of the cell formats in the styles. */
    private static final int BOLD = 1;

    private static final int WHOLE = 2;
    private static final int DECIMALS = 3;
    private static final int DAY = 4;
    private static final int MOMENT = 5;
    private static final int BOLD_WHOLE = 6;
    private static final int BOLD_DECIMALS = 7;
    private static final int ANY = 8;

    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        Packed zip = new Packed(out);
        zip.part(
                "[Content_Types].xml",
                HEAD + "<Types xmlns=\"" + PACKAGE
                        + "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
                        + "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-"
                        + "officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" "
                        + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                        + "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-"
                        + "officedocument.spreadsheetml.styles+xml\"/></Types>");
        zip.part(
                "_rels/.rels",
                relations("<Relationship Id=\"r1\" Type=\"" + RELATIONS
                        + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
        zip.part(
                "xl/workbook.xml",
                HEAD + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATIONS + "\"><sheets><sheet name=\""
                        + XmlFile.escaped(tab(sheet.title())) + "\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        zip.part(
                "xl/_rels/workbook.xml.rels",
                relations("<Relationship Id=\"r1\" Type=\"" + RELATIONS
                        + "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" + RELATIONS
                        + "/styles\" Target=\"styles.xml\"/>"));
        zip.part("xl/styles.xml", styles());
        new Body(sheet, zip.begin("xl/worksheets/sheet1.xml")).write(rows);
        zip.end();
        zip.close();
    }

    private static String relations(String content) {
        return HEAD + "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + content + "</Relationships>";
    }

    /** Names of sheets have at most 31 characters and not all of them. */
    private static String tab(String title) {
        String name = title.replaceAll("[\\[\\]:*?/\\\\']", " ");
        return name.length() <= 31 ? name : name.substring(0, 31);
    }

    private static String styles() {
        StringBuilder cells = new StringBuilder();
        String[][] formats = {
            {"0", "0"}, {"0", "1"}, {"3", "0"}, {"4", "0"}, {"14", "0"}, {"22", "0"}, {"3", "1"}, {"4", "1"}, {"0", "0"}
        };
        for (String[] one : formats) {
            cells.append("<xf numFmtId=\"")
                    .append(one[0])
                    .append("\" fontId=\"")
                    .append(one[1])
                    .append("\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>");
        }
        return HEAD + "<styleSheet xmlns=\"" + MAIN
                + "\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/>"
                + "</font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill>"
                + "<patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
                + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + "<cellXfs count=\"" + formats.length + "\">" + cells + "</cellXfs></styleSheet>";
    }

    /** The one sheet. */
    private static final class Body {
        private final Sheet sheet;
        private final Writer xml;

        Body(Sheet sheet, Writer xml) {
            this.sheet = sheet;
            this.xml = xml;
        }

        void write(Rows rows) throws IOException {
            int heads = sheet.notes().size() + 3;
            xml.write(HEAD + "<worksheet xmlns=\"" + MAIN
                    + "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\""
                    + heads + "\" topLeftCell=\"A" + (heads + 1)
                    + "\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
            for (int i = 0; i < sheet.columns().size(); i++) {
                xml.write("<col min=\"" + (i + 1) + "\" max=\"" + (i + 1) + "\" width=\""
                        + width(sheet.columns().get(i)) + "\" customWidth=\"1\"/>");
            }
            xml.write("</cols><sheetData>");
            line(sheet.title(), BOLD);
            for (String note : sheet.notes()) {
                line(note, 0);
            }
            line("", 0);
            xml.write("<row>");
            for (Column column : sheet.columns()) {
                text(column.head(), BOLD);
            }
            xml.write("</row>");
            Totals totals = new Totals(sheet);
            rows.each(row -> {
                totals.add(row);
                row(row, false);
            });
            if (sheet.hasTotals()) {
                for (List<Object> total : totals.lines("Total")) {
                    row(total, true);
                }
            }
            xml.write("</sheetData></worksheet>");
        }

        private static int width(Column column) {
            return switch (column.kind()) {
                case TEXT -> Math.max(18, column.head().length() + 2);
                case TIME -> 20;
                default -> Math.max(12, column.head().length() + 2);
            };
        }

        private void line(String words, int style) throws IOException {
            xml.write("<row>");
            text(words, style);
            xml.write("</row>");
        }

        private void row(List<Object> row, boolean bold) throws IOException {
            xml.write("<row>");
            for (int i = 0; i < row.size(); i++) {
                cell(sheet.columns().get(i).kind(), row.get(i), bold);
            }
            xml.write("</row>");
        }

        private void cell(Kind kind, Object value, boolean bold) throws IOException {
            if (value instanceof LocalDate day) {
                number(BigDecimal.valueOf(EPOCH.until(day, ChronoUnit.DAYS)), DAY);
            } else if (value instanceof ZonedDateTime time) {
                number(serial(time.toLocalDateTime()), MOMENT);
            } else if (value instanceof Number) {
                number(Totals.number(value), style(kind, bold));
            } else {
                text(value == null ? "" : value.toString(), bold ? BOLD : 0);
            }
        }

        private static int style(Kind kind, boolean bold) {
            if (kind == Kind.QUANTITY) {
                return ANY;
            }
            boolean whole = kind == Kind.COUNT || kind == Kind.SECONDS;
            if (bold) {
                return whole ? BOLD_WHOLE : BOLD_DECIMALS;
            }
            return whole ? WHOLE : DECIMALS;
        }

        private static BigDecimal serial(LocalDateTime time) {
            return BigDecimal.valueOf(EPOCH.until(time.toLocalDate(), ChronoUnit.DAYS))
                    .add(BigDecimal.valueOf(time.toLocalTime().toSecondOfDay())
                            .divide(SECONDS_OF_DAY, MathContext.DECIMAL64));
        }

        private void number(BigDecimal value, int style) throws IOException {
            xml.write("<c s=\"" + style + "\"><v>" + value.toPlainString() + "</v></c>");
        }

        private void text(String value, int style) throws IOException {
            xml.write(
                    value.isEmpty()
                            ? "<c/>"
                            : "<c s=\"" + style + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                                    + XmlFile.escaped(value) + "</t></is></c>");
        }
    }
}
