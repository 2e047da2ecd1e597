package org.rebill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * The WAR brings what the server lacks, and nothing that the server has: two copies of a class have broken deployments
 * here (STACK: Jackson, Jersey, JAXB, jakarta.*).
 */
class WarContentIT {
    private static final Path WAR = Path.of("target", "rebill.war");
    private static final Path SERVER = Path.of("target", "servers", "payara-micro.jar");

    @Test
    void theWarRepeatsNoClassOfTheServer() throws IOException {
        Set<String> server = classesIn(SERVER, "MICRO-INF/runtime/");
        assertThat(server).as("classes of the server").hasSizeGreaterThan(20_000);

        Map<String, Set<String>> repeated = new TreeMap<>();
        try (ZipFile war = new ZipFile(WAR.toFile())) {
            for (ZipEntry jar : nested(war, "WEB-INF/lib/")) {
                for (String name : classes(war, jar)) {
                    if (server.contains(name)) {
                        repeated.computeIfAbsent(jar.getName(), ignored -> new TreeSet<>())
                                .add(name);
                    }
                }
            }
        }

        assertThat(repeated)
                .as("classes that the server has already, by jar of the WAR")
                .isEmpty();
    }

    @Test
    void theWarBringsNoPlatformApiTestCodeOrCompiler() throws IOException {
        Set<String> war = classesIn(WAR, "WEB-INF/lib/");

        assertThat(war)
                .noneMatch(name -> name.startsWith("jakarta/"))
                .noneMatch(name -> name.startsWith("org/junit/") || name.startsWith("org/jboss/arquillian/"))
                .noneMatch(name -> name.startsWith("org/eclipse/jdt/"))
                .noneMatch(name -> name.startsWith("io/zonky/"));
    }

    @Test
    void theWarBringsCompiledLayoutsAndTheirFonts() throws IOException {
        try (ZipFile war = new ZipFile(WAR.toFile())) {
            assertThat(war.stream().map(ZipEntry::getName))
                    .contains(
                            "WEB-INF/classes/reports/statement-a4.jasper",
                            "WEB-INF/classes/reports/statement-letter.jasper")
                    .contains("WEB-INF/classes/fonts/inter-tabular-regular.ttf", "WEB-INF/classes/fonts/OFL.txt")
                    .noneMatch(name -> name.endsWith(".jrxml") || name.contains("CompileReports"));
        }
    }

    private static Set<String> classesIn(Path archive, String folder) throws IOException {
        Set<String> found = new HashSet<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry jar : nested(zip, folder)) {
                found.addAll(classes(zip, jar));
            }
        }
        return found;
    }

    private static Set<ZipEntry> nested(ZipFile zip, String folder) {
        Set<ZipEntry> jars = new HashSet<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (entry.getName().startsWith(folder) && entry.getName().endsWith(".jar")) {
                jars.add(entry);
            }
        }
        return jars;
    }

    private static Set<String> classes(ZipFile zip, ZipEntry jar) throws IOException {
        Set<String> names = new HashSet<>();
        try (InputStream bytes = zip.getInputStream(jar);
                ZipInputStream content = new ZipInputStream(bytes)) {
            for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("-info.class") && !name.startsWith("META-INF/")) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
