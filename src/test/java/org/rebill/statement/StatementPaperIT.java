package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.rebill.testing.InServer;

/** The paper comes out of the server as it does out of a plain JVM: layouts, fonts and words are in the WAR. */
class StatementPaperIT extends InServer {
    @Inject
    private StatementPaper paper;

    @Test
    void printsInTheServer() throws Exception {
        assertWhole(paper.pdf(SampleStatements.of(40, 22).document()));
    }

    /** Jobs run on threads that know the server's class loader only. */
    @Test
    void printsOnAThreadOfTheServer() throws Exception {
        Callable<byte[]> print = () -> paper.pdf(SampleStatements.of(40, 22).document());
        FutureTask<byte[]> task = new FutureTask<>(print);
        Thread thread = new Thread(task, "paper");
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        assertWhole(task.get());
    }

    private static void assertWhole(byte[] pdf) throws Exception {
        PdfReader reader = new PdfReader(pdf);
        try {
            assertThat(reader.getNumberOfPages()).isEqualTo(3);
            assertThat(reader.getCatalog().getAsDict(PdfName.MARKINFO)).isNotNull();
            assertThat(new PdfTextExtractor(reader).getTextFromPage(1))
                    .contains("Hale & Ortiz LLP", "$6,326.00", "Page 1 of 3");
            assertThat(fonts(reader)).hasSize(2).allSatisfy(font -> assertThat(font.get(PdfName.FONTFILE2))
                    .isNotNull());
        } finally {
            reader.close();
        }
    }

    private static List<PdfDictionary> fonts(PdfReader reader) {
        List<PdfDictionary> fonts = new ArrayList<>();
        for (int i = 0; i < reader.getXrefSize(); i++) {
            if (reader.getPdfObject(i) instanceof PdfDictionary dictionary
                    && PdfName.FONTDESCRIPTOR.equals(dictionary.getAsName(PdfName.TYPE))) {
                fonts.add(dictionary);
            }
        }
        return fonts;
    }
}
