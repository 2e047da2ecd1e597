package org.rebill.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** What a page must hold in a browser: nothing serious by axe-core (WCAG 2.2 AA), nothing wider than the window. */
public final class Axe {
    private static final Set<String> GRAVE = Set.of("serious", "critical");
    private static final List<String> STANDARD = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private Axe() {}

    public static void nothingSerious(Page page) {
        List<Rule> found = new AxeBuilder(page).withTags(STANDARD).analyze().getViolations();
        assertThat(found.stream()
                        .filter(rule -> GRAVE.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toList())
                        .toList())
                .as(page.url())
                .isEmpty();
    }

    public static void fits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels that " + page.url() + " is too wide")
                .isEqualTo(0);
    }
}
