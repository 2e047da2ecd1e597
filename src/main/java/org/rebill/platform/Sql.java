package org.rebill.platform;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Set work in the running transaction: statements of ours with their values bound. Instants are bound as timestamptz,
 * UUID[], Long[], String[] and Instant[] as arrays.
 */
public final class Sql {
    private final Connection connection;

    private Sql(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** On a connection whose transaction has its firm set. */
    public static Sql on(Connection connection) {
        return new Sql(connection);
    }

    /**
     * Reads rows.
     *
     * @param statement never made of input
     */
    public <T> List<T> query(String statement, Reader<T> reader, Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            List<Array> arrays = bind(prepared, values);
            try (ResultSet rows = prepared.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            } finally {
                free(arrays);
            }
        }
    }

    /**
     * Changes rows.
     *
     * @param statement never made of input
     * @return how many
     */
    public int update(String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            List<Array> arrays = bind(prepared, values);
            try {
                return prepared.executeUpdate();
            } finally {
                free(arrays);
            }
        }
    }

    /** Runs a statement without values and without a result. */
    public void run(String statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    private List<Array> bind(PreparedStatement prepared, Object[] values) throws SQLException {
        List<Array> arrays = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Instant instant) {
                prepared.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (value instanceof Object[] array) {
                Array bound = array(array);
                arrays.add(bound);
                prepared.setArray(i + 1, bound);
            } else {
                prepared.setObject(i + 1, value);
            }
        }
        return arrays;
    }

    private Array array(Object[] values) throws SQLException {
        if (values instanceof UUID[]) {
            return connection.createArrayOf("uuid", values);
        }
        if (values instanceof Long[]) {
            return connection.createArrayOf("bigint", values);
        }
        if (values instanceof Instant[] instants) {
            String[] texts = new String[instants.length];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = instants[i] == null ? null : instants[i].toString();
            }
            return connection.createArrayOf("timestamptz", texts);
        }
        return connection.createArrayOf("text", values);
    }

    private static void free(List<Array> arrays) throws SQLException {
        for (Array array : arrays) {
            array.free();
        }
    }

    /** A timestamptz; null where the column is. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** A uuid; null where the column is. */
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
