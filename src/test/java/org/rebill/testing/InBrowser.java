package org.rebill.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A test class that uses the pages in Chromium, at 1440 × 900. Each test has a browser context of its own; a picture of
 * the page at a failure lies in {@code target/shots}. Without Chromium the tests are skipped, and fail where
 * {@code CI=true}; another one is chosen by {@code -Drebill.chromium=PATH}.
 */
@ExtendWith(InBrowser.Chromium.class)
public abstract class InBrowser extends FromOutside {
    private static final Path CHROMIUM = Path.of(System.getProperty("rebill.chromium", "/usr/bin/chromium"));
    private static final Path SHOTS = Path.of("target", "shots");
    private static final int PATIENCE_MILLIS = 60_000;

    private BrowserContext context;
    private String name;

    /** The window. */
    protected Page page;

    @BeforeEach
    final void openWindow(TestInfo test) {
        name = test.getTestClass().orElseThrow().getSimpleName() + "."
                + test.getTestMethod().orElseThrow().getName();
        page = newWindow(1440, 900);
    }

    /** Another window, such as a phone's, with cookies of its own; the first one is closed. */
    protected final Page newWindow(int width, int height) {
        closeWindow();
        context = Chromium.browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(SharedServers.running().url().toString())
                .setViewportSize(width, height)
                .setLocale("en-US"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        return page;
    }

    /** Goes to a page of ours (beginning with a slash) and signs in on Keycloak's pages on the way. */
    protected final void signIn(Account account, String path) {
        page.navigate(path);
        page.locator("#username").fill(account.username());
        // With organizations Keycloak asks for the name first.
        if (!page.locator("#password").isVisible()) {
            page.locator("#kc-login").click();
        }
        page.locator("#password").fill(account.username());
        page.locator("#kc-login").click();
        page.waitForURL(url -> url.startsWith(SharedServers.running().url().toString()));
    }

    /** Light or dark, as the switch in the header would. */
    protected final void theme(String theme) {
        context.addCookies(List.of(new com.microsoft.playwright.options.Cookie("theme", theme)
                .setUrl(SharedServers.running().url().toString())));
    }

    /** Keeps a picture of the whole page as {@code target/shots/CLASS.TEST.NAME.png}. */
    protected final void shot(String what) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(name + "." + what + ".png"))
                .setFullPage(true));
    }

    private void closeWindow() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    /** Starts Chromium for the first class, ends it after the last. */
    static final class Chromium implements ExecutionCondition, BeforeAllCallback, AfterEachCallback {
        private static Browser browser;

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean wanted = Files.isExecutable(CHROMIUM) || Boolean.parseBoolean(System.getenv("CI"));
            return wanted
                    ? ConditionEvaluationResult.enabled("There is a browser, or there must be one")
                    : ConditionEvaluationResult.disabled("No Chromium at " + CHROMIUM
                            + ": install it or give -Drebill.chromium=PATH. In CI this would be a failure.");
        }

        @Override
        public void beforeAll(ExtensionContext context) {
            if (!Files.isExecutable(CHROMIUM)) {
                throw new IllegalStateException("CI=true needs Chromium, and there is none at " + CHROMIUM);
            }
            context.getRoot()
                    .getStore(Namespace.create(Chromium.class))
                    .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            InBrowser test = (InBrowser) context.getRequiredTestInstance();
            if (context.getExecutionException().isPresent() && test.page != null) {
                test.shot("FAILED");
            }
            test.closeWindow();
        }

        private static void use(Browser started) {
            browser = started;
        }

        /** Closed by JUnit at the end of the run. */
        private static final class Running implements ExtensionContext.Store.CloseableResource {
            private final Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

            Running() {
                PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS / 3.0);
                use(playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"))));
            }

            @Override
            public void close() {
                playwright.close();
            }
        }
    }
}
