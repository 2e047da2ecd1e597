package org.rebill.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.rebill.agreement.AgreementIndex;
import org.rebill.call.LegBatch;
import org.rebill.call.LegsTaken;
import org.rebill.call.NumberPlan;
import org.rebill.call.PlainCalls;
import org.rebill.code.CodeIndex;
import org.rebill.intake.format.AsteriskCdrCsv;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.RecordReader;
import org.rebill.intake.format.SourceSettings;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.PlainLedger;
import org.rebill.ledger.Settlement;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;

/**
 * The whole way of a file on a bare connection: kept in chunks, read in batches, each one transaction with the progress
 * mark; the same classes as in the application, without its container.
 */
public final class PlainImport {
    private static final NumberPlan PLAN = new NumberPlan("US", "512", "9", 3);

    private final Connection connection;
    private final NewFirm firm;
    private final NewFile file;
    private final CodeIndex codes;
    private final AgreementIndex agreements;
    private final Map<String, UUID> people;

    public PlainImport(
            Connection connection,
            NewFirm firm,
            NewFile file,
            CodeIndex codes,
            AgreementIndex agreements,
            Map<String, UUID> people) {
        this.connection = connection;
        this.firm = firm;
        this.file = file;
        this.codes = codes;
        this.agreements = agreements;
        this.people = people;
    }

    /**
     * Keeps the file and reads it to its end.
     *
     * @return how many of its records are part of a call
     */
    public long run(Path path) throws IOException, SQLException {
        keep(path);
        long legs = 0;
        long records = 0;
        try (InputStream in = Files.newInputStream(path)) {
            RecordReader reader = new AsteriskCdrCsv()
                    .read(
                            in,
                            new SourceSettings(file.source(), ZoneOffset.UTC, true, PLAN, Map.of()),
                            new FileStart(new byte[0], 0, 1));
            Optional<RecordBatch> batch = RecordBatch.read(reader, 0, 0);
            while (batch.isPresent()) {
                legs += store(batch.get());
                records += batch.get().records();
                batch = RecordBatch.read(reader, batch.get().toByte(), records);
            }
        }
        return legs;
    }

    /**
     * As {@link #run}, or from where an earlier run was killed.
     *
     * @return how many records were read now
     */
    public long goOn(Path path) throws IOException, SQLException {
        record Mark(long bytes, long lines, long records, boolean kept) {}
        BareDatabase.setFirm(connection, firm.id());
        Mark mark = Sql.on(connection)
                .query(
                        "select read_bytes, read_lines, records, exists (select 1 from intake_chunk c where c.firm_id = "
                                + "f.firm_id and c.file_id = f.id) as kept from intake_file f where firm_id = ? and id = ?",
                        row -> new Mark(
                                row.getLong("read_bytes"),
                                row.getLong("read_lines"),
                                row.getLong("records"),
                                row.getBoolean("kept")),
                        firm.id(),
                        file.file())
                .get(0);
        connection.commit();
        if (!mark.kept()) {
            keep(path);
        }
        long records = mark.records();
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(mark.bytes());
            RecordReader reader = new AsteriskCdrCsv()
                    .read(
                            in,
                            new SourceSettings(file.source(), ZoneOffset.UTC, true, PLAN, Map.of()),
                            new FileStart(new byte[0], mark.bytes(), mark.lines() + 1));
            Optional<RecordBatch> batch = RecordBatch.read(reader, mark.bytes(), records);
            while (batch.isPresent()) {
                store(batch.get());
                records += batch.get().records();
                batch = RecordBatch.read(reader, batch.get().toByte(), records);
            }
        }
        return records - mark.records();
    }

    private void keep(Path path) throws IOException, SQLException {
        BareDatabase.setFirm(connection, firm.id());
        try (InputStream in = Files.newInputStream(path)) {
            byte[] chunk = in.readNBytes(IntakeChunk.SIZE);
            for (int no = 0; chunk.length > 0; no++) {
                Sql.on(connection)
                        .update(
                                "insert into intake_chunk (firm_id, file_id, no, bytes) values (?, ?, ?, ?)",
                                firm.id(),
                                file.file(),
                                no,
                                chunk);
                chunk = in.readNBytes(IntakeChunk.SIZE);
            }
        }
        connection.commit();
    }

    private long store(RecordBatch batch) throws SQLException {
        BareDatabase.setFirm(connection, firm.id());
        Sql sql = Sql.on(connection);
        sql.query(
                "select id from source where firm_id = ? and id = ? for no key update",
                row -> 1,
                firm.id(),
                file.source());
        Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger =
                PlainLedger.on(connection, firm.id(), codes, agreements);
        LegsTaken taken = PlainCalls.take(
                connection,
                firm.id(),
                ledger,
                new LegBatch(file.source(), firm.site(), file.file(), PLAN, 0, false, batch.legs()),
                people);
        if (!batch.others().isEmpty() || !taken.duplicates().isEmpty()) {
            RecordRows.write(connection, firm.id(), file.file(), batch.others(), taken.duplicates());
        }
        sql.update(
                "update intake_file set read_bytes = ?, read_lines = ?, records = records + ?, legs = legs + ?, "
                        + "duplicates = duplicates + ?, ignored = ignored + ? where firm_id = ? and id = ?",
                batch.toByte(),
                batch.toLine(),
                batch.records(),
                taken.legs(),
                taken.duplicates().size(),
                batch.others().size(),
                firm.id(),
                file.file());
        connection.commit();
        return taken.legs();
    }
}
