package org.rebill.code;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.rebill.page.Act;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** Codes as files: read a CSV, looked through first, and take lists for phone systems. */
@Named
@RequestScoped
public class CodeListsPage {
    private final CodeImport codes;
    private final CodeExports exports;
    private final Act act;
    private final Texts texts;
    private Part file;
    private String text;
    private CodeImport.Outcome outcome;
    private List<CodeExports.Last> last;

    @Inject
    CodeListsPage(CodeImport codes, CodeExports exports, Act act, Texts texts) {
        this.codes = codes;
        this.exports = exports;
        this.act = act;
        this.texts = texts;
    }

    /** Says what the file, or else the text, would do; the text area holds it then. */
    public void look() {
        act.show(() -> {
            if (file != null && file.getSize() > 0) {
                text = content(file);
            }
            outcome = codes.preview(text);
        });
    }

    private static String content(Part file) {
        try (InputStream content = file.getInputStream()) {
            byte[] bytes = content.readNBytes(CodeFile.MOST_CHARACTERS + 1);
            if (bytes.length > CodeFile.MOST_CHARACTERS) {
                throw new Refusal.Invalid("file", "file.large", "The file is larger than 5 MiB. Cut it into several.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores what the text area holds. */
    public void store() {
        act.perform(() -> {
            CodeImport.Outcome stored = codes.store(text);
            return Act.Done.at(
                    "/app/codes.xhtml?sort=new", texts.of("code.file.done", stored.created(), stored.changed()));
        });
    }

    /** What the file would do; null before it was looked through. */
    public CodeImport.Outcome outcome() {
        return outcome;
    }

    /** Whether the file can be stored as it is. */
    public boolean isReady() {
        return outcome != null && outcome.problemCount() == 0 && outcome.created() + outcome.changed() > 0;
    }

    /** The lists last taken, the newest first. */
    public List<CodeExports.Last> last() {
        if (last == null) {
            last = exports.last();
        }
        return last;
    }

    /** How phone systems take lists. */
    public List<ExportFormat> formats() {
        return Arrays.asList(ExportFormat.values());
    }

    /** Groups that codes have. */
    public List<String> groups() {
        return exports.groups();
    }

    public Part getFile() {
        return file;
    }

    public void setFile(Part file) {
        this.file = file;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
