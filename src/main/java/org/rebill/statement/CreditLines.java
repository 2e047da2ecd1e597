package org.rebill.statement;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.util.List;
import org.hibernate.Session;

/** Enters what a credit note takes back, line by line. */
final class CreditLines {
    private CreditLines() {}

    /** Rows in the order of the table's columns. */
    static void enter(EntityManager entities, List<Object[]> rows) {
        entities.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into credit_line (firm_id, credit_id, position, statement_id, call_id, charge_no, quantity, "
                            + "amount) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
                for (Object[] row : rows) {
                    for (int i = 0; i < row.length; i++) {
                        insert.setObject(i + 1, row[i]);
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }
}
