import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.design.JasperDesign;
import net.sf.jasperreports.engine.xml.JRXmlLoader;

/**
 * Compiles each layout of this folder for each paper: statement.jrxml becomes statement-letter.jasper and
 * statement-a4.jasper. Run by the build (pom.xml) from its source, so that it never reaches the WAR; a layout that does
 * not compile fails the build.
 *
 * <p>A layout says how wide its content is (columnWidth); the paper gives the page around it.
 */
class CompileReports {
    /** Sizes in points. */
    private enum Paper {
        LETTER(612, 792),
        A4(595, 842);

        private final int width;
        private final int height;

        Paper(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    public static void main(String[] folders) throws IOException, JRException {
        Path reports = Path.of(folders[0]);
        Path target = Files.createDirectories(Path.of(folders[1]));
        List<Path> layouts;
        try (Stream<Path> files = Files.walk(reports)) {
            layouts = files.filter(file -> file.toString().endsWith(".jrxml")).sorted().toList();
        }
        for (Path layout : layouts) {
            for (Paper paper : Paper.values()) {
                String name = layout.getFileName().toString().replace(".jrxml", "");
                Path compiled = target.resolve(name + "-" + paper.name().toLowerCase(Locale.ROOT) + ".jasper");
                if (older(compiled, layout) || older(compiled, reports.resolve("CompileReports.java"))) {
                    compile(layout, paper, compiled);
                }
            }
        }
    }

    private static boolean older(Path compiled, Path source) throws IOException {
        return !Files.exists(compiled)
                || Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(source)) < 0;
    }

    private static void compile(Path layout, Paper paper, Path compiled) throws IOException, JRException {
        System.out.println("Compiling " + layout + " for " + paper);
        JasperDesign design = JRXmlLoader.load(layout.toFile());
        int margin = (paper.width - design.getColumnWidth()) / 2;
        design.setPageWidth(paper.width);
        design.setPageHeight(paper.height);
        design.setLeftMargin(margin);
        design.setRightMargin(paper.width - design.getColumnWidth() - margin);
        Path whole = compiled.resolveSibling(compiled.getFileName() + ".new");
        JasperCompileManager.compileReportToFile(design, whole.toString());
        Files.move(whole, compiled, StandardCopyOption.REPLACE_EXISTING);
    }
}
