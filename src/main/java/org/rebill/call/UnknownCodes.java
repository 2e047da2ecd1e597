package org.rebill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.Session;
import org.rebill.code.CodeIndex;
import org.rebill.code.CodeIndex.Standing;
import org.rebill.code.Codes;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/**
 * Codes that were dialled and that the firm does not have (DOMAIN.md D7): their calls wait. Giving such a code to a
 * client settles them. A code near a real one is told beside it and never applied.
 */
@ApplicationScoped
public class UnknownCodes {
    /** Codes that are listed. */
    static final int MOST = 100;

    private final EntityManager entities;
    private final Codes codes;

    @Inject
    UnknownCodes(EntityManager entities, Codes codes) {
        this.entities = entities;
        this.codes = codes;
    }

    /**
     * A code that is nobody's.
     *
     * @param unmapped dialled where codes are not checked: it may be a client's new code; else it is held as wrong
     * @param near codes that the firm has and that differ by one digit or by two neighbours swapped
     */
    public record Dialled(
            String code,
            long calls,
            long talkSeconds,
            Instant first,
            Instant last,
            boolean unmapped,
            List<String> near) {
        public Dialled {
            near = List.copyOf(near);
        }
    }

    /** Those with most talk first; at most 100. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Dialled> list() {
        List<Dialled> found = entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select code, count(*) as calls, sum(talk_seconds) as talk, min(started_at) as first_at, "
                                + "max(started_at) as last_at, bool_or(state = 'UNMAPPED_CODE') as unmapped from call "
                                + "where firm_id = ? and state in ('UNKNOWN_CODE', 'UNMAPPED_CODE') "
                                + "group by code order by 3 desc, 1 limit ?",
                        UnknownCodes::read,
                        Tenant.current(),
                        MOST));
        Set<String> candidates = new HashSet<>();
        found.forEach(one -> candidates.addAll(CallCodes.near(one.code())));
        CodeIndex index = codes.index(candidates);
        return found.stream().map(one -> withNear(one, index)).toList();
    }

    private static Dialled withNear(Dialled one, CodeIndex index) {
        List<String> near = CallCodes.near(one.code()).stream()
                .filter(other -> {
                    Standing standing = index.find(other, one.last()).standing();
                    return standing == Standing.OK || standing == Standing.HOUSE;
                })
                .toList();
        return new Dialled(one.code(), one.calls(), one.talkSeconds(), one.first(), one.last(), one.unmapped(), near);
    }

    private static Dialled read(ResultSet row) throws SQLException {
        return new Dialled(
                row.getString("code"),
                row.getLong("calls"),
                row.getLong("talk"),
                Sql.instant(row, "first_at"),
                Sql.instant(row, "last_at"),
                row.getBoolean("unmapped"),
                List.of());
    }
}
