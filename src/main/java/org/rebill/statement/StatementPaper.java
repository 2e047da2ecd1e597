package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRParameter;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperReport;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;
import net.sf.jasperreports.engine.util.JRLoader;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.JRPdfExporter;
import net.sf.jasperreports.pdf.SimplePdfExporterConfiguration;
import net.sf.jasperreports.renderers.SimpleDataRenderer;
import org.rebill.firm.Logo;

/** Prints a statement by JasperReports, on the layout that the build compiled from {@code reports/statement.jrxml}. */
@ApplicationScoped
public class StatementPaper {
    private final Map<String, JasperReport> layouts = new ConcurrentHashMap<>();

    /**
     * The PDF: tagged, with its fonts, in the document's own language, zone and paper. A document without a number is
     * marked as a draft on each page. The same document gives the same pages; the files differ in their date of making,
     * identifier and font prefixes, so an issued statement's bytes are kept.
     *
     * @throws IllegalArgumentException if the document's lines do not add up to its totals
     */
    public byte[] pdf(StatementDocument document) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jasper looks for fonts and layouts there; a job's thread may have another one.
        thread.setContextClassLoader(StatementPaper.class.getClassLoader());
        try {
            return print(document);
        } catch (JRException e) {
            throw new IllegalStateException("The statement could not be printed", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private byte[] print(StatementDocument document) throws JRException {
        PaperText text = new PaperText(document);
        Map<String, Object> once = text.once();
        once.put(JRParameter.REPORT_LOCALE, text.wording().locale());
        once.put(JRParameter.REPORT_RESOURCE_BUNDLE, text.wording().words());
        Logo.of(document.firm().logo())
                .ifPresent(logo ->
                        once.put(logo.wide() ? "wideLogo" : "logo", SimpleDataRenderer.getInstance(logo.bytes())));
        JasperPrint pages = JasperFillManager.fillReport(
                layout(document.paper()), once, new JRMapCollectionDataSource(text.lines()));
        return export(pages, document, text);
    }

    private static byte[] export(JasperPrint pages, StatementDocument document, PaperText text) throws JRException {
        SimplePdfExporterConfiguration configuration = new SimplePdfExporterConfiguration();
        configuration.setTagged(true);
        configuration.setCompressed(true);
        configuration.setTagLanguage(document.locale());
        configuration.setMetadataTitle(text.name());
        configuration.setDisplayMetadataTitle(true);
        configuration.setMetadataAuthor(document.firm().name());
        configuration.setMetadataCreator("Rebill");
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        JRPdfExporter exporter = new JRPdfExporter();
        exporter.setExporterInput(new SimpleExporterInput(pages));
        exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(pdf));
        exporter.setConfiguration(configuration);
        exporter.exportReport();
        return pdf.toByteArray();
    }

    private JasperReport layout(String paper) {
        return layouts.computeIfAbsent(paper, StatementPaper::load);
    }

    private static JasperReport load(String paper) {
        String resource = "reports/statement-" + paper.toLowerCase(Locale.ROOT) + ".jasper";
        try (InputStream file = StatementPaper.class.getClassLoader().getResourceAsStream(resource)) {
            return (JasperReport) JRLoader.loadObject(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The layout " + resource + " cannot be read", e);
        } catch (JRException e) {
            throw new IllegalStateException("The layout " + resource + " cannot be read", e);
        }
    }
}
