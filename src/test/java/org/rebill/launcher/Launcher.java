package org.rebill.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one-command start ({@code mvn -Prun}): everything on this machine's loopback address, with data kept in one
 * folder, until Ctrl-C. Settings are system properties; see the README.
 */
public final class Launcher {
    private static final long WATCH_MILLIS = 300;
    /** A Ctrl-C reaches the servers too: one of them may have ended a moment before we hear of it. */
    private static final long NEWS_MILLIS = 1000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final long began = System.nanoTime();
    private final Settings settings;
    /** Held while servers are started, replaced or stopped. */
    private final ReentrantLock work = new ReentrantLock();

    private volatile Home home;
    private Servers servers;
    private volatile boolean stopping;

    private Launcher(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts everything, or restarts the application of a running one ({@code -Drebill.only=app}).
     *
     * @param arguments the project's folder, the build's folder
     */
    public static void main(String[] arguments) throws InterruptedException {
        Launcher launcher = new Launcher(Settings.of(Path.of(arguments[0]), Path.of(arguments[1])));
        try {
            if (launcher.settings.onlyApplication()) {
                launcher.askForRestart();
            } else {
                Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "rebill-stop"));
                launcher.start();
                launcher.watch();
            }
        } catch (StartFailure e) {
            if (!launcher.stopping) {
                Thread.sleep(NEWS_MILLIS);
            }
            if (launcher.stopping) {
                return;
            }
            launcher.out.println("\nRebill did not start.\n" + e.getMessage() + "\n");
            // Runs the hook above, so that nothing stays behind.
            System.exit(1);
        }
    }

    private void start() {
        say("data folder " + settings.data());
        home = Home.take(settings.data());
        Servers all = Servers.of(home, settings, this::say);
        step(() -> {
            servers = all;
            all.startPostgres();
        });
        step(all::startKeycloak);
        step(() -> all.startApplication(settings.war()));
        home.announce(servers.url().toString());
        greet(servers.url());
    }

    /** Does a part of the work, unless the stop came before it: nothing may be started behind its back. */
    private void step(Runnable part) {
        work.lock();
        try {
            if (stopping) {
                throw new StartFailure("Stopped while it started.");
            }
            part.run();
        } finally {
            work.unlock();
        }
    }

    private void greet(URI url) {
        out.println("\nRebill is running:  " + url + "/\n");
        out.println("  SFTP              localhost:" + servers.sftpPort() + "   (password: a key of a phone system)");
        out.println("  API               " + url + "/api/v1   (OpenAPI: " + url + "/openapi)");
        out.println("  health            " + url + "/health/ready");
        out.println("  Keycloak          " + servers.keycloak() + "   (administrator: launcher, password in "
                + settings.data().resolve("secrets.properties") + ")");
        out.println("  logs              " + settings.data().resolve("logs"));
        out.println("\n" + DemoAccounts.table(settings.tenants()));
        out.println("Ctrl-C stops everything; the data stays in " + settings.data() + ".\n"
                + "After a change: mvn -Prun -Drebill.only=app in another window replaces the application only.\n");
    }

    /** Until Ctrl-C: replaces the application when asked to, and tells when a server has died. */
    private void watch() throws InterruptedException {
        Path wish = home.path("restart");
        while (true) {
            Thread.sleep(WATCH_MILLIS);
            step(() -> {
                if (Files.exists(wish)) {
                    restart(wish);
                }
                String dead = servers.dead();
                if (!dead.isEmpty()) {
                    throw new StartFailure(dead + " has ended by itself. Its log: "
                            + settings.data().resolve("logs").resolve(dead + ".log"));
                }
            });
        }
    }

    private void restart(Path wish) {
        String result = "";
        try {
            servers.stopApplication();
            servers.startApplication(settings.war());
        } catch (StartFailure e) {
            result = e.getMessage();
            say(result);
        }
        try {
            Files.writeString(home.path("restarted"), result);
            Files.delete(wish);
        } catch (IOException e) {
            throw new StartFailure("Can't write to the data folder: " + e, e);
        }
    }

    /** The other side of {@link #watch}: leaves a wish in the data folder of the running launcher. */
    private void askForRestart() throws InterruptedException {
        if (!Home.isTaken(settings.data())) {
            throw new StartFailure("Nothing runs from the data folder " + settings.data()
                    + ", so there is no application to replace. Start everything with mvn -Prun.");
        }
        say("replacing the application that runs from " + settings.data());
        Path wish = settings.data().resolve("restart");
        try {
            Files.writeString(wish, "");
            while (Files.exists(wish)) {
                Thread.sleep(WATCH_MILLIS);
                if (!Home.isTaken(settings.data())) {
                    Files.deleteIfExists(wish);
                    throw new StartFailure("The running one was stopped meanwhile.");
                }
            }
            String result = Files.readString(settings.data().resolve("restarted"));
            if (!result.isEmpty()) {
                throw new StartFailure(result);
            }
        } catch (IOException e) {
            throw new StartFailure("Can't write to the data folder: " + e, e);
        }
        say("the new application is ready");
    }

    private void stop() {
        stopping = true;
        if (home == null) {
            return;
        }
        say("stopping");
        try {
            while (!work.tryLock(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                // What is just being started would be waited for otherwise.
                ServerProcess.endStarted();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the end of the process", e);
        }
        if (servers != null) {
            servers.close();
        }
        say("stopped");
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }
}
