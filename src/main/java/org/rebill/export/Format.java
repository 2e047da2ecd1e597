package org.rebill.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.rebill.platform.Refusal;

/** The kinds of files that a table can be taken as. */
public enum Format {
    CSV("text/csv;charset=UTF-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ODS("application/vnd.oasis.opendocument.spreadsheet"),
    JSON("application/json"),
    XML("application/xml"),
    HTML("text/html;charset=UTF-8"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    PDF("application/pdf");

    private final String type;

    Format(String type) {
        this.type = type;
    }

    /** Writes a table. */
    interface SheetFile {
        void write(Sheet sheet, Rows rows, OutputStream out) throws IOException;
    }

    /**
     * As an address names it: {@code csv}, {@code xlsx} and so on.
     *
     * @throws Refusal.Invalid when it is none of them
     */
    public static Format of(String name) {
        for (Format format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new Refusal.Invalid(
                "format", "format.unknown", "Formats are csv, xlsx, ods, json, xml, html, docx and pdf.");
    }

    /** Media type. */
    public String type() {
        return type;
    }

    /** Ending of the file's name. */
    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes a table; the stream stays open.
     *
     * @throws Refusal.Invalid before anything is written, when there are more rows than the format is meant for
     */
    public void write(Sheet sheet, Rows rows, OutputStream out) throws IOException {
        file().write(sheet, rows, out);
    }

    private SheetFile file() {
        return switch (this) {
            case CSV -> new CsvFile();
            case XLSX -> new XlsxFile();
            case ODS -> new OdsFile();
            case JSON -> new JsonFile();
            case XML -> new XmlFile();
            case HTML -> new HtmlFile();
            case DOCX -> new DocxFile();
            case PDF -> new PdfFile();
        };
    }
}
