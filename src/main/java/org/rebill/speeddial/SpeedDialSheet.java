package org.rebill.speeddial;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperReport;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;
import net.sf.jasperreports.engine.util.JRLoader;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.JRPdfExporter;
import net.sf.jasperreports.pdf.SimplePdfExporterConfiguration;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Person;
import org.rebill.page.Texts;
import org.rebill.platform.PhoneNumbers;

/** Prints somebody's speed dials to be put beside the telephone, on the layout of {@code reports/speed-dials.jrxml}. */
@ApplicationScoped
public class SpeedDialSheet {
    private final Texts texts;
    private final Clock clock;

    @Inject
    SpeedDialSheet(Texts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
    }

    byte[] pdf(FirmProfile firm, Person person, List<SpeedDial> dials, DialForm form) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jasper looks for fonts and layouts there.
        thread.setContextClassLoader(SpeedDialSheet.class.getClassLoader());
        try {
            return print(firm, person, dials, form);
        } catch (JRException e) {
            throw new IllegalStateException("The sheet could not be printed", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private byte[] print(FirmProfile firm, Person person, List<SpeedDial> dials, DialForm form) throws JRException {
        Map<String, Object> once = new HashMap<>();
        once.put("firm", firm.name());
        once.put("heading", texts.of("speeddial.sheet.title", person.name()));
        LocalDate today = LocalDate.now(clock.withZone(firm.zoneId()));
        once.put(
                "made",
                texts.of(
                        "speeddial.sheet.made",
                        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                                .withLocale(firm.javaLocale())
                                .format(today)));
        once.put("labelHead", texts.get("speeddial.label"));
        once.put("codeHead", texts.get("speeddial.code"));
        once.put("numberHead", texts.get("speeddial.number"));
        once.put("dialHead", texts.get("speeddial.dial"));
        List<Map<String, ?>> rows = new ArrayList<>();
        for (SpeedDial dial : dials) {
            rows.add(Map.of(
                    "label", dial.label(),
                    "code", dial.code(),
                    "number", PhoneNumbers.write(dial.number(), firm.country()),
                    "dial", form.dial(dial.code(), dial.number())));
        }
        SimplePdfExporterConfiguration configuration = new SimplePdfExporterConfiguration();
        configuration.setTagged(true);
        configuration.setCompressed(true);
        configuration.setTagLanguage("en");
        configuration.setMetadataTitle(texts.of("speeddial.sheet.title", person.name()));
        configuration.setMetadataCreator("Rebill");
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        JRPdfExporter exporter = new JRPdfExporter();
        exporter.setExporterInput(new SimpleExporterInput(
                JasperFillManager.fillReport(layout(firm.paper()), once, new JRMapCollectionDataSource(rows))));
        exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(pdf));
        exporter.setConfiguration(configuration);
        exporter.exportReport();
        return pdf.toByteArray();
    }

    private static JasperReport layout(String paper) throws JRException {
        String resource = "reports/speed-dials-" + paper.toLowerCase(Locale.ROOT) + ".jasper";
        try (InputStream file = SpeedDialSheet.class.getClassLoader().getResourceAsStream(resource)) {
            return (JasperReport) JRLoader.loadObject(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The layout " + resource + " cannot be read", e);
        }
    }
}
