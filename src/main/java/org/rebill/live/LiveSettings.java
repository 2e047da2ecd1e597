package org.rebill.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** What the firm chose for live checks, and the checks that were kept. */
@ApplicationScoped
public class LiveSettings {
    private static final int SHOWN = 50;

    private final EntityManager entities;
    private final AuditLog audit;

    @Inject
    LiveSettings(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    /** Whether a code that memory does not hold is let through while the database does not answer; true at first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public boolean isFailOpen() {
        return entities.unwrap(Session.class).doReturningWork(LiveLoad::failOpen);
    }

    /** Chooses it. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void failOpen(boolean open) {
        boolean before = entities.unwrap(Session.class).doReturningWork(LiveLoad::failOpen);
        entities.createNativeQuery("insert into live_setting (firm_id, fail_open) values (:firm, :open) "
                        + "on conflict (firm_id) do update set fail_open = excluded.fail_open")
                .setParameter("firm", Tenant.current())
                .setParameter("open", open)
                .executeUpdate();
        audit.note("live.changed", "firm", Tenant.current(), Map.of("failOpen", before), Map.of("failOpen", open));
    }

    /** A check that was answered; {@code callId} is null when the phone system did not tell the call. */
    public record Kept(
            Instant at, String source, UUID callId, String code, String number, String extension, LiveAnswer answer) {}

    /** The last 50 checks, the newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Kept> last() {
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select k.at, s.name, k.call_id, k.code, k.number, k.extension, k.answer from code_check k "
                                + "join source s on s.firm_id = k.firm_id and s.id = k.source_id "
                                + "where k.firm_id = ? order by k.at desc, k.id desc limit ?",
                        LiveSettings::read,
                        Tenant.current(),
                        SHOWN));
    }

    private static Kept read(ResultSet row) throws SQLException {
        return new Kept(
                Sql.instant(row, "at"),
                row.getString("name"),
                Sql.uuid(row, "call_id"),
                row.getString("code"),
                row.getString("number"),
                row.getString("extension"),
                LiveAnswer.valueOf(row.getString("answer")));
    }
}
