package org.rebill.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for each page as it is written: words that exist, icons that exist, no script in it. */
class PagesTest {
    private static final Path WEBAPP = Path.of("src", "main", "webapp");
    private static final Pattern WORDS = Pattern.compile("msg(?:\\[|\\.with\\()'([a-z]+\\.[^']*[^'.])'\\s*[\\],]");
    private static final Pattern ICON = Pattern.compile("<r:icon name=\"([a-z-]+)\"");
    private static final Pattern HANDLER = Pattern.compile("\\son[a-z]+=\"|h:commandLink|f:ajax|javascript:|<h:head");

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(WEBAPP)) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    /** Without comments, which are not served. */
    private static String read(Path page) {
        try {
            return Files.readString(page).replaceAll("(?s)<!--.*?-->", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> found(Pattern pattern, Path page) {
        return pattern.matcher(read(page)).results().map((MatchResult result) -> result.group(1));
    }

    @Test
    void everyTextOfAPageIsInItsBundle() throws IOException {
        Texts texts = new Texts();

        List<String> missing = pages().stream()
                .flatMap(page ->
                        found(WORDS, page).filter(key -> !texts.has(key)).map(key -> page + ": " + key))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyIconIsDrawn() throws IOException {
        String icons = Files.readString(WEBAPP.resolve("resources/img/icons.svg"));

        List<String> missing = pages().stream()
                .flatMap(page -> found(ICON, page)
                        .filter(name -> !icons.contains("<symbol id=\"" + name + "\""))
                        .map(name -> page + ": " + name))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void noPageHasScriptInIt() throws IOException {
        assertThat(pages())
                .filteredOn(page -> HANDLER.matcher(read(page)).find())
                .isEmpty();
    }
}
