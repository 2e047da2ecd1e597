package org.rebill.platform;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.BigDecimalValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.JsonbValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.UUIDValueHandler;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Rows into a table by binary COPY. Columns are written in the order they were named; null where a value is null.
 * PostgreSQL refuses COPY into a table with row security: copy into a temporary table and insert from it.
 */
public final class Copy implements AutoCloseable {
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int BUFFER = 1 << 16;

    private final PgBinaryWriter out;
    private final int columns;
    private final StringValueHandler texts = new StringValueHandler();
    private final UUIDValueHandler uuids = new UUIDValueHandler();
    private final ByteArrayValueHandler bytes = new ByteArrayValueHandler();
    private final BigDecimalValueHandler<BigDecimal> decimals = new BigDecimalValueHandler<>();
    private final JsonbValueHandler documents = new JsonbValueHandler();

    private Copy(PgBinaryWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /**
     * Starts a COPY.
     *
     * @param table a name of ours, never input
     * @param columns names of ours, separated by commas
     */
    public static Copy into(Connection connection, String table, String columns) throws SQLException {
        String command = "copy " + table + " (" + columns + ") from stdin (format binary)";
        PGConnection postgres = connection.unwrap(PGConnection.class);
        return new Copy(
                new PgBinaryWriter(new PGCopyOutputStream(postgres, command, BUFFER), BUFFER),
                columns.split(",").length);
    }

    /** Begins the next row; as many values as columns must follow. */
    public Copy row() {
        out.startRow(columns);
        return this;
    }

    public Copy uuid(UUID value) {
        out.write(uuids, value);
        return this;
    }

    public Copy text(String value) {
        out.write(texts, value);
        return this;
    }

    public Copy number(Integer value) {
        if (value == null) {
            out.writeNull();
        } else {
            out.writeInt(value);
        }
        return this;
    }

    public Copy flag(boolean value) {
        out.writeBoolean(value);
        return this;
    }

    public Copy big(Long value) {
        if (value == null) {
            out.writeNull();
        } else {
            out.writeLong(value);
        }
        return this;
    }

    /** As timestamptz, to the microsecond. */
    public Copy instant(Instant value) {
        if (value == null) {
            out.writeNull();
        } else {
            out.writeLong(ChronoUnit.MICROS.between(POSTGRES_EPOCH, value));
        }
        return this;
    }

    public Copy bytes(byte[] value) {
        out.write(bytes, value);
        return this;
    }

    public Copy decimal(BigDecimal value) {
        out.write(decimals, value);
        return this;
    }

    public Copy json(String value) {
        out.write(documents, value);
        return this;
    }

    @Override
    public void close() {
        out.close();
    }
}
