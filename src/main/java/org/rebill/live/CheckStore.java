package org.rebill.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.Session;
import org.rebill.platform.Copy;
import org.rebill.platform.Ids;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** Writes checks as set work. */
@ApplicationScoped
public class CheckStore {
    private static final String COLUMNS = "at, id, source_id, call_id, code, number, extension, answer";

    private final EntityManager entities;

    @Inject
    CheckStore(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional
    void store(List<CheckLog.Check> checks) {
        entities.unwrap(Session.class).doWork(connection -> write(connection, checks));
    }

    private static void write(Connection connection, List<CheckLog.Check> checks) throws SQLException {
        Sql sql = Sql.on(connection);
        sql.run(
                "create temporary table if not exists check_stage (at timestamptz, id uuid, source_id uuid, call_id uuid, "
                        + "code text, number text, extension text, answer text) on commit delete rows");
        sql.run("delete from check_stage");
        try (Copy copy = Copy.into(connection, "check_stage", COLUMNS)) {
            for (CheckLog.Check check : checks) {
                copy.row()
                        .instant(check.at())
                        .uuid(Ids.next())
                        .uuid(check.sourceId())
                        .uuid(check.callId())
                        .text(check.question().code())
                        .text(check.question().number())
                        .text(check.question().extension())
                        .text(check.answer().name());
            }
        }
        sql.update(
                "insert into code_check (firm_id, " + COLUMNS + ") select ?, " + COLUMNS
                        + " from check_stage on conflict do nothing",
                Tenant.current());
    }
}
