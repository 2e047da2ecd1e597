package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rebill.intake.format.AsteriskFileGenerator;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;

/**
 * {@code kill -9} at random moments of an import of 200,000 records: of the process that imports, and of PostgreSQL.
 * Whatever was committed is kept, reading goes on at the progress mark, and at the end all is there once. The way of a
 * file is the application's own, without its container. {@code mvn -Pfaults} kills 20 times.
 */
class KilledImportTest {
    private static final int KILLS = Integer.getInteger("faults.kills", 3);
    private static final int RECORDS = 200_000;
    private static final int KILLS_PER_IMPORT = 4;
    private static final int DATABASE_EACH = 3;
    /** An import on a slow machine. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostAndNothingDoubled() throws Exception {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        Random random = new Random(seed);
        Path path = folder.resolve("Master.csv");
        AsteriskFileGenerator.Written written = new AsteriskFileGenerator(42).write(path, RECORDS);
        try (BareDatabase database = BareDatabase.killable(folder.resolve("postgres"))) {
            long began = System.nanoTime();
            String expected = imported(database, path, 0, new Random(0), 1);
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            assertThat(expected).startsWith(written.records() + " records, " + written.calls() + " calls");
            int killed = 0;
            while (killed < KILLS) {
                int kills = Math.min(KILLS_PER_IMPORT, KILLS - killed);
                assertThat(imported(database, path, kills, random, millis))
                        .as("seed %d, after %d kills", seed, killed)
                        .isEqualTo(expected);
                killed += kills;
                say("%d of %d kills survived (seed %d): %s", killed, KILLS, seed, expected);
            }
        }
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }

    /** What is there at the end, after so many kills. */
    private static String imported(BareDatabase database, Path path, int kills, Random random, long millis)
            throws Exception {
        NewFirm firm = database.newFirm();
        NewFile file = database.newFile(firm, UUID.randomUUID());
        for (int i = 0; i < kills; i++) {
            Process importing = start(database, firm, file, path);
            // A whole import takes as long as the first did; each goes on where the last one stopped.
            long wait = millis / 8 + (long) (random.nextDouble() * millis / KILLS_PER_IMPORT);
            boolean ended = importing.waitFor(wait, TimeUnit.MILLISECONDS);
            boolean killsDatabase = i % DATABASE_EACH == DATABASE_EACH - 1;
            if (killsDatabase) {
                database.killAndRestart();
            }
            importing.destroyForcibly().waitFor();
            say(
                    "killed %s after %d ms%s: %s",
                    killsDatabase ? "PostgreSQL" : "the import",
                    wait,
                    ended ? " (it was done already)" : "",
                    mark(database, firm, file));
        }
        Process last = start(database, firm, file, path);
        assertThat(last.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
        return sums(database, firm, file);
    }

    private static Process start(BareDatabase database, NewFirm firm, NewFile file, Path path) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledImport.class.getName(),
                        String.valueOf(database.port()),
                        firm.id().toString(),
                        firm.site().toString(),
                        file.source().toString(),
                        file.file().toString(),
                        path.toString())
                .redirectErrorStream(true)
                .redirectOutput(path.resolveSibling("import.log").toFile())
                .start();
    }

    private static String mark(BareDatabase database, NewFirm firm, NewFile file) throws Exception {
        return one(
                database,
                firm,
                "select concat(records, ' records read, ', legs, ' legs') from intake_file where id = ?",
                file.file());
    }

    private static String sums(BareDatabase database, NewFirm firm, NewFile file) throws Exception {
        String sums = one(
                database,
                firm,
                "select concat_ws(' ', f.records, 'records,', (select count(*) from call), 'calls,', f.legs, f.duplicates, "
                        + "f.ignored, f.quarantined, 'read,', (select count(*) from leg), (select count(distinct id) from "
                        + "leg), 'legs,', (select sum(leg_count) from call), (select sum(talk_seconds) from call), "
                        + "(select count(*) from charge), (select sum(amount) from charge), "
                        + "(select sum(length(bytes)) from intake_chunk)) from intake_file f where f.id = ?",
                file.file());
        return sums;
    }

    private static String one(BareDatabase database, NewFirm firm, String query, UUID id) throws Exception {
        List<String> rows = database.in(
                firm.id(), (Connection connection) -> Sql.on(connection).query(query, row -> row.getString(1), id));
        return rows.get(0);
    }
}
