package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.platform.Tenant;

/** Which calls are on which issued statement: the database keeps each on one live statement only. */
@ApplicationScoped
class StatementLines {
    private final EntityManager entities;

    @Inject
    StatementLines(EntityManager entities) {
        this.entities = entities;
    }

    /** Enters the lines of a statement in the order printed. */
    @Transactional(Transactional.TxType.MANDATORY)
    void enter(UUID statement, List<StatementDocument.Line> lines) {
        UUID firm = Tenant.current();
        entities.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into statement_line (firm_id, statement_id, call_id, charge_no, "
                            + "position, amount) values (?, ?, ?, ?, ?, ?)")) {
                int position = 0;
                for (StatementDocument.Line line : lines) {
                    insert.setObject(1, firm);
                    insert.setObject(2, statement);
                    insert.setObject(3, line.callId());
                    insert.setInt(4, line.chargeNo());
                    insert.setInt(5, ++position);
                    insert.setBigDecimal(6, line.amount());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }
}
