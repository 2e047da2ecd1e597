package org.rebill.report;

import java.io.IOException;
import java.io.OutputStream;
import org.rebill.export.Format;
import org.rebill.export.PdfFile;
import org.rebill.export.Rows;

/** Writes reports as files: paper has the chart, too. */
final class ReportFiles {
    private ReportFiles() {}

    static void write(Report report, Format format, OutputStream out) throws IOException {
        Rows rows = Rows.of(report.rows());
        if (format == Format.PDF) {
            new PdfFile().write(report.sheet(), rows, ChartDrawing.of(report), out);
        } else {
            format.write(report.sheet(), rows, out);
        }
    }

    static String disposition(Report report, Format format) {
        return "attachment; filename=\"" + report.sheet().name() + "." + format.ending() + "\"";
    }
}
