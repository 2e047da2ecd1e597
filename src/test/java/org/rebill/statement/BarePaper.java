package org.rebill.statement;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRParameter;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperReport;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;
import net.sf.jasperreports.engine.util.JRLoader;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.JRPdfExporter;

/** One statement by Jasper alone, as it comes: words and figures made beforehand, no tags, nothing pressed together. */
public final class BarePaper {
    private final JasperReport layout;
    private final Map<String, Object> once;
    private final List<Map<String, ?>> lines;

    public BarePaper(StatementDocument document) throws Exception {
        PaperText text = new PaperText(document);
        once = text.once();
        once.put(JRParameter.REPORT_LOCALE, text.wording().locale());
        once.put(JRParameter.REPORT_RESOURCE_BUNDLE, text.wording().words());
        lines = text.lines();
        try (InputStream file = BarePaper.class.getResourceAsStream("/reports/statement-letter.jasper")) {
            layout = (JasperReport) JRLoader.loadObject(file);
        }
    }

    /** The PDF. */
    public byte[] pdf() throws JRException {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        JRPdfExporter exporter = new JRPdfExporter();
        exporter.setExporterInput(new SimpleExporterInput(
                JasperFillManager.fillReport(layout, new HashMap<>(once), new JRMapCollectionDataSource(lines))));
        exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(pdf));
        exporter.exportReport();
        return pdf.toByteArray();
    }
}
