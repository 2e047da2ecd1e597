package org.rebill.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.base.JRBasePrintImage;
import net.sf.jasperreports.engine.base.JRBasePrintLine;
import net.sf.jasperreports.engine.base.JRBasePrintPage;
import net.sf.jasperreports.engine.base.JRBasePrintText;
import net.sf.jasperreports.engine.type.HorizontalTextAlignEnum;
import net.sf.jasperreports.engine.type.OrientationEnum;
import net.sf.jasperreports.engine.type.RunDirectionEnum;
import net.sf.jasperreports.engine.type.ScaleImageEnum;
import net.sf.jasperreports.engine.type.VerticalTextAlignEnum;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.JRPdfExporter;
import net.sf.jasperreports.pdf.SimplePdfExporterConfiguration;
import net.sf.jasperreports.renderers.SimpleDataRenderer;
import org.rebill.platform.Refusal;

/**
 * Paper, by JasperReports: a page's elements are set here instead of by a layout, because each table has columns of its
 * own. A4 turned sideways; the head of the table on each page; page x of y.
 */
public final class PdfFile implements Format.SheetFile {
    /** Rows that anybody would print. */
    static final int MOST_ROWS = 20_000;

    private static final String FONT = "Paper";
    private static final int WIDTH = 842;
    private static final int HEIGHT = 595;
    private static final int MARGIN = 36;
    private static final int INNER = WIDTH - 2 * MARGIN;
    private static final int ROW = 15;
    private static final int CHART_HEIGHT = 230;
    private static final int GAP = 8;

    @Override
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        write(sheet, rows, null, out);
    }

    /**
     * With a drawing between title and table.
     *
     * @param svg SVG, three times as wide as high; null for none
     */
    public void write(Sheet sheet, Rows rows, byte[] svg, OutputStream out) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jasper looks for fonts there.
        thread.setContextClassLoader(PdfFile.class.getClassLoader());
        try {
            ByteArrayOutputStream pdf = new ByteArrayOutputStream();
            export(new Pages(sheet).fill(rows, svg), sheet, pdf);
            pdf.writeTo(out);
        } catch (JRException e) {
            throw new IllegalStateException("The table could not be printed", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void export(JasperPrint print, Sheet sheet, OutputStream out) throws JRException {
        SimplePdfExporterConfiguration configuration = new SimplePdfExporterConfiguration();
        configuration.setCompressed(true);
        configuration.setMetadataTitle(sheet.title());
        configuration.setDisplayMetadataTitle(true);
        configuration.setMetadataCreator("Rebill");
        JRPdfExporter exporter = new JRPdfExporter();
        exporter.setExporterInput(new SimpleExporterInput(print));
        exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(out));
        exporter.setConfiguration(configuration);
        exporter.exportReport();
    }

    /** The pages as they fill. */
    private static final class Pages {
        private final Sheet sheet;
        private final JasperPrint print = new JasperPrint();
        private final Shown shown;
        private final int[] widths;
        private final List<JRBasePrintText> feet = new ArrayList<>();
        private JRBasePrintPage page;
        private int y;

        Pages(Sheet sheet) {
            this.sheet = sheet;
            this.shown = new Shown(sheet.locale());
            this.widths = widths(sheet.columns());
            print.setName(sheet.title());
            print.setPageWidth(WIDTH);
            print.setPageHeight(HEIGHT);
            print.setOrientation(OrientationEnum.LANDSCAPE);
        }

        JasperPrint fill(Rows rows, byte[] svg) throws IOException, JRException {
            newPage();
            text(sheet.title(), MARGIN, INNER, 20, 14f, true, false);
            y += 22;
            for (String note : sheet.notes()) {
                text(note, MARGIN, INNER, 12, 8f, false, false);
                y += 12;
            }
            y += GAP;
            if (svg != null) {
                drawing(svg);
            }
            head();
            Totals totals = new Totals(sheet);
            rows.each(row -> {
                if (totals.rows() >= MOST_ROWS) {
                    throw new Refusal.Invalid(
                            "format",
                            "format.rows",
                            "More than " + MOST_ROWS
                                    + " rows are too many for paper. Choose fewer, or take CSV or XLSX.");
                }
                totals.add(row);
                row(row, false);
            });
            if (sheet.hasTotals()) {
                for (List<Object> total : totals.lines("Total")) {
                    row(total, true);
                }
            }
            for (int i = 0; i < feet.size(); i++) {
                feet.get(i).setText((i + 1) + " / " + feet.size());
            }
            return print;
        }

        /** Words get what numbers leave. */
        private static int[] widths(List<Column> columns) {
            int[] weights = new int[columns.size()];
            int sum = 0;
            for (int i = 0; i < weights.length; i++) {
                int least = columns.get(i).head().length() * 5 + 8;
                weights[i] = switch (columns.get(i).kind()) {
                    case TEXT -> Math.max(least, 80);
                    case TIME -> Math.max(least, 90);
                    default -> Math.max(least, 52);
                };
                sum += weights[i];
            }
            int[] widths = new int[weights.length];
            for (int i = 0; i < widths.length; i++) {
                widths[i] = weights[i] * INNER / sum;
            }
            return widths;
        }

        private void newPage() {
            page = new JRBasePrintPage();
            print.addPage(page);
            y = HEIGHT - MARGIN + 6;
            text(sheet.title(), MARGIN, INNER / 2, 10, 7f, false, false);
            feet.add(text("", MARGIN + INNER / 2, INNER / 2, 10, 7f, false, true));
            y = MARGIN;
        }

        private void drawing(byte[] svg) {
            JRBasePrintImage image = new JRBasePrintImage(print.getDefaultStyleProvider());
            image.setRenderer(SimpleDataRenderer.getInstance(svg));
            image.setScaleImage(ScaleImageEnum.RETAIN_SHAPE);
            image.setX(MARGIN);
            image.setY(y);
            image.setWidth(INNER);
            image.setHeight(CHART_HEIGHT);
            page.addElement(image);
            y += CHART_HEIGHT + GAP;
        }

        private void head() {
            int x = MARGIN;
            for (int i = 0; i < widths.length; i++) {
                Column column = sheet.columns().get(i);
                text(
                        column.head(),
                        x,
                        widths[i] - GAP,
                        ROW,
                        7.5f,
                        true,
                        column.kind().isNumber());
                x += widths[i];
            }
            y += ROW;
            line();
        }

        private void row(List<Object> row, boolean bold) {
            if (y + ROW > HEIGHT - MARGIN) {
                newPage();
                head();
            }
            if (bold) {
                line();
            }
            int x = MARGIN;
            for (int i = 0; i < widths.length; i++) {
                Column column = sheet.columns().get(i);
                text(
                        shown.of(column.kind(), row.get(i)),
                        x,
                        widths[i] - GAP,
                        ROW,
                        7.5f,
                        bold,
                        column.kind().isNumber());
                x += widths[i];
            }
            y += ROW;
        }

        private void line() {
            JRBasePrintLine line = new JRBasePrintLine(print.getDefaultStyleProvider());
            line.setX(MARGIN);
            line.setY(y);
            line.setWidth(INNER);
            line.setHeight(1);
            line.getLinePen().setLineWidth(0.5f);
            page.addElement(line);
            y += 2;
        }

        private JRBasePrintText text(
                String words, int x, int width, int height, float size, boolean bold, boolean right) {
            JRBasePrintText text = new JRBasePrintText(print.getDefaultStyleProvider());
            text.setX(x);
            text.setY(y);
            text.setWidth(width);
            text.setHeight(height);
            text.setFontName(FONT);
            text.setBold(bold);
            text.setFontSize(size);
            text.setLineSpacingFactor(1.25f);
            text.setLeadingOffset(0f);
            text.setTextHeight(size * 1.25f);
            text.setVerticalTextAlign(VerticalTextAlignEnum.MIDDLE);
            text.setHorizontalTextAlign(right ? HorizontalTextAlignEnum.RIGHT : HorizontalTextAlignEnum.LEFT);
            // Else "1 / 3", which has no letters, is turned round.
            text.setRunDirection(RunDirectionEnum.LTR);
            text.setText(words);
            page.addElement(text);
            return text;
        }
    }
}
