package org.rebill.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts of the pages: only those with places are formatted, and formatting takes an apostrophe away unless doubled. */
class TextsTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\d");
    private static final Pattern SINGLE = Pattern.compile("(?<!')'(?!')");

    @Test
    void apostrophesAreDoubledWhereAndOnlyWhereATextHasPlaces() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path bundle : bundles()) {
            Properties texts = new Properties();
            try (Reader reader = Files.newBufferedReader(bundle)) {
                texts.load(reader);
            }
            texts.forEach((key, text) -> {
                boolean formatted = PLACE.matcher((String) text).find();
                boolean odd = formatted ? SINGLE.matcher((String) text).find() : ((String) text).contains("''");
                if (odd) {
                    wrong.add(bundle + " " + key + "=" + text);
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/org/rebill"))) {
            return files.filter(file -> file.toString().endsWith(".properties")).toList();
        }
    }
}
