package org.rebill.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * The one-command start ({@code mvn -Prun}): everything on this machine's loopback address, with data kept in one
 * folder, until Ctrl-C. Settings are system properties; see the README.
 */
public final class Launcher {
    private static final long WATCH_MILLIS = 300;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final long began = System.nanoTime();
    private final Settings settings;
    private Home home;
    private Postgres postgres;
    private Keycloak keycloak;
    private Payara payara;
    private boolean stopping;

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
            launcher.out.println("\nRebill did not start.\n" + e.getMessage() + "\n");
            // Runs the hook above, so that nothing stays behind.
            System.exit(1);
        }
    }

    private void start() {
        say("data folder " + settings.data());
        home = Home.take(settings.data());
        int port = home.port("rebill", settings.port(), 8080);
        int keycloakPort = home.port("keycloak", settings.keycloakPort(), port + 1);
        int databasePort = home.port("db", settings.databasePort(), port + 2);
        URI url = URI.create("http://localhost:" + port);
        synchronized (this) {
            Postgres.stopLeftOver(home);
            Ports.needFree(databasePort, "PostgreSQL", "rebill.db.port");
            say("starting PostgreSQL");
            postgres = Postgres.start(home, databasePort);
            say("PostgreSQL " + postgres.version() + " is ready on port " + databasePort);
        }
        synchronized (this) {
            ServerProcess.stopLeftOver(home, "keycloak");
            Ports.needFree(keycloakPort, "Keycloak", "rebill.keycloak.port");
            ServerProcess.stopLeftOver(home, "payara");
            Ports.needFree(port, "Rebill", "rebill.port");
            say("starting Keycloak");
            keycloak = Keycloak.start(
                    home, keycloakPort, settings.keycloakZip(), settings.keycloakSources(), url, postgres, this::say);
            say("Keycloak is ready at " + keycloak.url());
        }
        startApplication(port);
        home.announce(url.toString());
        greet(url);
    }

    private synchronized void startApplication(int port) {
        say("starting the application");
        Properties configuration = Configuration.of(home, postgres, keycloak, settings.tenants());
        payara =
                Payara.start(home, port, settings.payaraJar(), settings.war(), settings.payaraSources(), configuration);
        say("the application is ready");
    }

    private void greet(URI url) {
        out.println("\nRebill is running:  " + url + "/\n");
        out.println("  API               " + url + "/api/v1   (OpenAPI: " + url + "/openapi)");
        out.println("  health            " + url + "/health/ready");
        out.println("  Keycloak          " + keycloak.url() + "   (administrator: launcher, password in "
                + settings.data().resolve("secrets.properties") + ")");
        out.println("  logs              " + settings.data().resolve("logs"));
        out.println("\n" + DemoAccounts.table(settings.tenants()));
        out.println("Ctrl-C stops everything; the data stays in " + settings.data() + ".\n"
                + "After a change: mvn -Prun -Drebill.only=app in another window replaces the application only.\n");
    }

    /** Until Ctrl-C: replaces the application when asked to, and tells when a server has died. */
    private void watch() throws InterruptedException {
        Path wish = home.path("restart");
        int port = home.port("rebill", null, 0);
        while (true) {
            Thread.sleep(WATCH_MILLIS);
            if (Files.exists(wish)) {
                restart(wish, port);
            }
            synchronized (this) {
                if (stopping) {
                    return;
                }
                if (!keycloak.alive() || (payara != null && !payara.alive())) {
                    throw new StartFailure(
                            (keycloak.alive() ? "The server" : "Keycloak") + " has ended by itself. Its log is in "
                                    + settings.data().resolve("logs") + ".");
                }
            }
        }
    }

    private void restart(Path wish, int port) {
        say("restarting the application");
        synchronized (this) {
            if (payara != null) {
                payara.close();
                payara = null;
            }
        }
        String result = "";
        try {
            startApplication(port);
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

    private synchronized void stop() {
        stopping = true;
        if (home == null) {
            return;
        }
        say("stopping");
        close(payara);
        close(keycloak);
        close(postgres);
        close(home);
        say("stopped");
    }

    private void close(AutoCloseable server) {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (Exception e) {
            say("could not be stopped: " + e.getMessage());
        }
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }
}
