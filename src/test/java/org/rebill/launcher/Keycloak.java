package org.rebill.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A real Keycloak on the loopback address, its data in PostgreSQL. Unpacked and built once into the home; the realm is
 * imported when there is none yet.
 */
final class Keycloak implements AutoCloseable {
    static final String NAME = "keycloak";
    static final String CLIENT_SECRET = "keycloak.rebill";
    static final String ADMIN_SECRET = "keycloak.rebill-admin";
    static final String REALM = "rebill";
    /** What an access token for the API must name. */
    static final String AUDIENCE = "rebill-api";

    private static final String ADMIN = "launcher";
    private static final String THEME = "rebill";

    private final ServerProcess process;
    private final URI url;

    private Keycloak(ServerProcess process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and waits until the realm answers.
     *
     * @param zip Keycloak's distribution
     * @param sources folder with {@code realm.json} and {@code themes}
     * @param application address of the application, for the log-in's way back
     */
    static Keycloak start(
            Home home, int port, Path zip, Path sources, URI application, Postgres postgres, Consumer<String> say) {
        Path folder = home.path(NAME);
        install(home, folder, zip, say);
        boolean themed = copyTheme(sources.resolve("themes"), folder.resolve("themes"));
        try {
            Path imports = folder.resolve("data/import");
            Files.createDirectories(imports);
            Files.copy(
                    sources.resolve("realm.json"), imports.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartFailure("Keycloak's realm can't be prepared: " + e, e);
        }
        URI url = URI.create("http://localhost:" + port);
        Map<String, String> environment = new HashMap<>(java());
        environment.put("KC_DB_URL", postgres.url(Postgres.KEYCLOAK));
        environment.put("KC_DB_USERNAME", Postgres.KEYCLOAK);
        environment.put("KC_DB_PASSWORD", home.secret(Postgres.KEYCLOAK_SECRET));
        environment.put("KC_DB_POOL_INITIAL_SIZE", "1");
        environment.put("KC_DB_POOL_MAX_SIZE", "12");
        environment.put("KC_HTTP_ENABLED", "true");
        environment.put("KC_HTTP_HOST", "127.0.0.1");
        environment.put("KC_HTTP_PORT", Integer.toString(port));
        environment.put("KC_HOSTNAME", url.toString());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", home.secret("keycloak.launcher"));
        environment.put("REBILL_URL", application.toString());
        environment.put("REBILL_CLIENT_SECRET", home.secret(CLIENT_SECRET));
        environment.put("REBILL_ADMIN_SECRET", home.secret(ADMIN_SECRET));
        environment.put("REBILL_API_AUDIENCE", AUDIENCE);
        environment.put("REBILL_LOGIN_THEME", themed ? THEME : "keycloak.v2");
        ServerProcess process = ServerProcess.start(
                home, NAME, List.of(script(folder), "start", "--optimized", "--import-realm"), environment, folder);
        Keycloak keycloak = new Keycloak(process, url);
        try {
            process.await(
                    URI.create(keycloak.issuer() + "/.well-known/openid-configuration"),
                    answer -> answer.statusCode() == 200,
                    Optional::empty);
            new KeycloakAdmin(url, ADMIN, home.secret("keycloak.launcher")).sendBackTo(application);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return keycloak;
    }

    /** Unpacks and builds it, once for a version. */
    private static void install(Home home, Path folder, Path zip, Consumer<String> say) {
        Path done = folder.resolve("installed");
        try {
            String version = zip.getFileName() + " " + Files.size(zip);
            if (Files.exists(done) && Files.readString(done).equals(version)) {
                return;
            }
            say.accept("unpacking Keycloak, once");
            Home.delete(folder);
            unpack(zip, folder);
            say.accept("building Keycloak, once");
            ServerProcess.run(
                    home,
                    "keycloak-build",
                    List.of(
                            script(folder),
                            "build",
                            "--db=postgres",
                            "--cache=local",
                            "--health-enabled=false",
                            "--metrics-enabled=false"),
                    java(),
                    folder);
            Files.writeString(done, version);
        } catch (IOException e) {
            throw new StartFailure("Keycloak can't be installed: " + e, e);
        }
    }

    private static Map<String, String> java() {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS_KC_HEAP",
                "-Xms64m -Xmx384m",
                "JAVA_OPTS_APPEND",
                "-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC");
    }

    private static String script(Path folder) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return folder.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString();
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                // Everything lies under keycloak-VERSION/.
                Path inside = Path.of(entry.getName());
                Path target = inside.getNameCount() == 1
                        ? folder
                        : folder.resolve(
                                        inside.subpath(1, inside.getNameCount()).toString())
                                .normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(zip + " wants to write outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        if (!Path.of(script(folder)).toFile().setExecutable(true)) {
            throw new IOException(script(folder) + " can't be made executable");
        }
    }

    /** Our log-in pages, fresh at each start; tells whether there are any. */
    private static boolean copyTheme(Path from, Path to) {
        Path source = from.resolve(THEME);
        Path target = to.resolve(THEME);
        try {
            Home.delete(target);
            if (!Files.isDirectory(source)) {
                return false;
            }
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(source.relativize(file).toString()));
                }
            }
            return true;
        } catch (IOException e) {
            throw new StartFailure("The log-in theme can't be copied: " + e, e);
        }
    }

    URI url() {
        return url;
    }

    /** Address of the realm. */
    URI issuer() {
        return URI.create(url + "/realms/" + REALM);
    }

    boolean alive() {
        return process.alive();
    }

    @Override
    public void close() {
        process.close();
    }
}
