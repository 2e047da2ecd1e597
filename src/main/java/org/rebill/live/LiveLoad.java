package org.rebill.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.call.NumberPlan;
import org.rebill.code.Codes;
import org.rebill.firm.Extension;
import org.rebill.firm.Firms;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;
import org.rebill.policy.CodePolicies;

/** Reads what live checks rest on, in the current firm. */
@ApplicationScoped
public class LiveLoad {
    private final EntityManager entities;
    private final Codes codes;
    private final CodePolicies policies;
    private final Firms firms;

    @Inject
    LiveLoad(EntityManager entities, Codes codes, CodePolicies policies, Firms firms) {
        this.entities = entities;
        this.codes = codes;
        this.policies = policies;
        this.firms = firms;
    }

    /** How many acts the firm's log holds: unchanged as long as nothing that was noted has changed. */
    @Transactional
    public long mark() {
        return on(LiveLoad::mark);
    }

    /** All that answers rest on, and the mark that it is of. */
    @Transactional
    LiveView load() {
        // First the mark: what changes meanwhile raises it, and all is read again.
        long mark = on(LiveLoad::mark);
        List<Extension> extensions = firms.extensions();
        return new LiveView(
                codes.index(),
                policies.index(),
                on(connection -> places(connection, extensions)),
                on(LiveLoad::failOpen),
                mark);
    }

    private <T> T on(org.hibernate.jdbc.ReturningWork<T> work) {
        return entities.unwrap(Session.class).doReturningWork(work);
    }

    private static long mark(Connection connection) throws SQLException {
        return Sql.on(connection)
                .query("select seq from audit_head where firm_id = ?", row -> row.getLong("seq"), Tenant.current())
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** Open until the firm says otherwise. */
    static boolean failOpen(Connection connection) throws SQLException {
        return Sql.on(connection)
                .query(
                        "select fail_open from live_setting where firm_id = ?",
                        row -> row.getBoolean("fail_open"),
                        Tenant.current())
                .stream()
                .findFirst()
                .orElse(true);
    }

    private static Map<UUID, LiveView.Place> places(Connection connection, List<Extension> extensions)
            throws SQLException {
        Map<UUID, Map<String, UUID>> people = new HashMap<>();
        for (Extension extension : extensions) {
            people.computeIfAbsent(extension.siteId(), site -> new HashMap<>())
                    .put(extension.number(), extension.personId());
        }
        Map<UUID, LiveView.Place> places = new HashMap<>();
        Sql.on(connection)
                .query(
                        "select id, site_id, country, area_code, outside_prefix, extension_digits from source "
                                + "where firm_id = ?",
                        row -> places.put(
                                Sql.uuid(row, "id"),
                                new LiveView.Place(
                                        new NumberPlan(
                                                row.getString("country"),
                                                row.getString("area_code"),
                                                row.getString("outside_prefix"),
                                                row.getInt("extension_digits")),
                                        people.getOrDefault(Sql.uuid(row, "site_id"), Map.of()))),
                        Tenant.current());
        return places;
    }
}
