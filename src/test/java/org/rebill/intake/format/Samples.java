package org.rebill.intake.format;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The samples of every format of this build: the files in {@code samples/<id>}. A file {@code X.options} beside a sample
 * holds the source's settings for it.
 */
public final class Samples {
    private Samples() {}

    /** A file of a format, with the settings of its source. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Sample(RecordFormat format, String name, byte[] bytes, SourceSettings source) {
        /** Reads it from its start. */
        public RecordReader read() {
            return Reading.reader(format, bytes, source);
        }

        /** Reads other bytes as if they were its own. */
        public RecordReader read(InputStream other) {
            byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, FileStart.HEAD_BYTES));
            return format.read(other, source, new FileStart(head, 0, 1, Reading.RECEIVED));
        }

        @Override
        public String toString() {
            return format.id() + "/" + name;
        }
    }

    /** All formats, without a container. */
    public static List<RecordFormat> formats() {
        return new ClassFileImporter()
                .importPackagesOf(RecordFormat.class).stream()
                        .filter(type -> type.isAssignableTo(RecordFormat.class) && !type.isInterface())
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .map(Samples::made)
                        .toList();
    }

    private static RecordFormat made(JavaClass type) {
        try {
            return (RecordFormat) type.reflect().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " can't be made", e);
        }
    }

    /** All samples of all formats. */
    public static List<Sample> all() {
        return formats().stream().flatMap(format -> of(format).stream()).toList();
    }

    /** Those of a format, by name. */
    public static List<Sample> of(RecordFormat format) {
        var folder = Samples.class.getResource("/samples/" + format.id());
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<Sample> samples = new ArrayList<>();
            for (Path file : files.filter(one -> !one.toString().endsWith(".options"))
                    .sorted()
                    .toList()) {
                samples.add(new Sample(
                        format,
                        file.getFileName().toString(),
                        Files.readAllBytes(file),
                        Reading.settings("America/Chicago", false, options(file))));
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A genuine file of Asterisk's, with calls of every kind: {@code samples/asterisk-lab}. */
    public static Sample lab(String name) {
        RecordFormat asterisk = formats().stream()
                .filter(format -> format.id().equals("asterisk-cdr-csv"))
                .findFirst()
                .orElseThrow();
        return new Sample(asterisk, name, Reading.sample("asterisk-lab/" + name), Reading.CHICAGO);
    }

    private static Map<String, String> options(Path sample) throws IOException {
        Path file = sample.resolveSibling(sample.getFileName() + ".options");
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
        }
        Map<String, String> options = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> options.put(name, properties.getProperty(name)));
        return options;
    }
}
