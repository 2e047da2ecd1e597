package org.rebill.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.intake.PlainImport;
import org.rebill.intake.format.AsteriskFileGenerator;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.rating.Quantity;
import org.rebill.rating.Rounding;
import org.rebill.rating.Terms;

/**
 * How fast a file becomes priced calls, as a ratio to PostgreSQL's own text COPY of the same rows into the same
 * partitioned, indexed tables on the same machine: {@code mvn -Pbench}. The import parses, joins legs, prices, keeps the
 * bytes and passes row security; COPY does none of that. Both wait for the disk; they take turns.
 */
public final class ImportBench {
    private static final int RECORDS = 200_000;
    private static final int ROUNDS = 5;
    private static final List<String> TABLES = List.of("intake_chunk", "leg", "call", "charge");

    private final BareDatabase database;
    private final NewFirm firm;
    private final UUID source = UUID.randomUUID();
    private final Path file;
    private final Path rows;

    private ImportBench(Path folder) throws Exception {
        Files.createDirectories(folder);
        this.database = BareDatabase.durable();
        this.firm = database.newFirm();
        this.file = folder.resolve("Master.csv");
        this.rows = folder;
    }

    /**
     * Runs it.
     *
     * @param arguments the folder for files, and optionally how many records
     */
    public static void main(String[] arguments) throws Exception {
        int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : RECORDS;
        new ImportBench(Path.of(arguments[0])).run(records);
    }

    private void run(int records) throws Exception {
        AsteriskFileGenerator.Written written = new AsteriskFileGenerator(42).write(file, records);
        say(
                "%,d records, %,d calls, %,d bytes; import and COPY %d times in turn",
                written.records(), written.calls(), written.bytes(), ROUNDS);
        importFile();
        export();
        List<Long> imports = new ArrayList<>();
        List<Long> copies = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            empty();
            imports.add(importFile());
            empty();
            copies.add(copy());
            say(
                    "round %d: import %,d records/s, COPY %,d records/s",
                    round,
                    rate(written.records(), imports.get(round - 1)),
                    rate(written.records(), copies.get(round - 1)));
        }
        long imported = median(imports);
        long copied = median(copies);
        say(
                "median: import %,d records/s (%d ms), COPY %,d records/s (%d ms), ratio %.2f",
                rate(written.records(), imported),
                imported / 1_000_000,
                rate(written.records(), copied),
                copied / 1_000_000,
                (double) copied / imported);
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }

    private static long rate(long records, long nanos) {
        return records * Duration.ofSeconds(1).toNanos() / nanos;
    }

    private static long median(List<Long> times) {
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private long importFile() throws Exception {
        BareDatabase.NewFile kept = database.newFile(firm, source);
        Map<String, UUID> people = new HashMap<>();
        for (int extension = 201; extension < 241; extension++) {
            people.put(Integer.toString(extension), new UUID(7, extension));
        }
        try (Connection connection = database.connect()) {
            long start = System.nanoTime();
            new PlainImport(connection, firm, kept, codes(), agreements(), people).run(file);
            return System.nanoTime() - start;
        }
    }

    /** Codes 1000 to 1399 of forty clients. */
    private static CodeIndex codes() {
        return (code, at) -> code.isEmpty()
                ? new CodeIndex.Meaning(CodeIndex.Standing.NONE, null, null)
                : new CodeIndex.Meaning(CodeIndex.Standing.OK, new UUID(8, Integer.parseInt(code) / 10), null);
    }

    private static AgreementIndex agreements() {
        Terms terms = new Terms(
                Currency.getInstance("USD"),
                new BigDecimal("290"),
                false,
                360,
                0,
                0,
                Rounding.UP,
                0,
                null,
                Quantity.HOURS_2,
                RoundingMode.HALF_UP);
        AgreementIndex.InForce inForce = new AgreementIndex.InForce(new UUID(9, 9), terms);
        return (client, matter, person, startedAt, answeredAt) -> Optional.of(inForce);
    }

    /** Writes the imported rows out as text, as COPY will read them. */
    private void export() throws SQLException, IOException {
        try (Connection connection = database.connectAsSuperuser()) {
            for (String table : TABLES) {
                try (OutputStream out = Files.newOutputStream(text(table))) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut("copy (select * from " + table + ") to stdout", out);
                }
            }
        }
    }

    private Path text(String table) {
        return rows.resolve(table + ".txt");
    }

    private void empty() throws SQLException {
        try (Connection connection = database.connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate charge, call, leg, intake_record, intake_chunk");
            statement.execute("checkpoint");
        }
    }

    private long copy() throws SQLException, IOException {
        try (Connection connection = database.connectAsSuperuser()) {
            long start = System.nanoTime();
            for (String table : TABLES) {
                try (InputStream in = Files.newInputStream(text(table))) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy " + table + " from stdin", in, 1 << 16);
                }
            }
            return System.nanoTime() - start;
        }
    }
}
