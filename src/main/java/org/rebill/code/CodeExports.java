package org.rebill.code;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.agreement.Client;
import org.rebill.agreement.Matter;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Sha256;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** Lists of the codes that can be dialled now, as phone systems take them; and whether a list that was taken is old. */
@ApplicationScoped
public class CodeExports {
    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    CodeExports(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /** A list as it was taken; {@code group} is empty for all codes. */
    public record Taken(ExportFormat format, String group, int codes, String content) {}

    /**
     * The last list of a format and group.
     *
     * @param old it would be another one now: the phone system's codes are not the firm's any more
     */
    public record Last(ExportFormat format, String group, Instant takenAt, String takenBy, int codes, boolean old) {}

    /**
     * Takes a list for a phone system and notes that it was taken.
     *
     * @param group null or empty for all codes
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Taken take(ExportFormat format, String group) {
        String of = group == null ? "" : group.strip();
        List<ExportFormat.Entry> entries = entries(of);
        String content = format.write(entries);
        UUID id = Ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        entities.createNativeQuery(
                        "insert into code_export (firm_id, id, format, group_name, taken_at, taken_by, codes, "
                                + "sha256) values (:firm, :id, :format, :group, :at, :by, :codes, :sha256)")
                .setParameter("firm", Tenant.current())
                .setParameter("id", id)
                .setParameter("format", format.name())
                .setParameter("group", of)
                .setParameter("at", now)
                .setParameter("by", Caller.current().name())
                .setParameter("codes", entries.size())
                .setParameter("sha256", hash(content))
                .executeUpdate();
        audit.note("codes.exported", "codes", id, null, Map.of("format", format, "group", of, "codes", entries.size()));
        return new Taken(format, of, entries.size(), content);
    }

    private static byte[] hash(String content) {
        return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    }

    private record Row(ExportFormat format, String group, Instant at, String by, int codes, String hash) {}

    /** The last list of each format and group that was ever taken, the newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Last> last() {
        List<Row> rows = entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select distinct on (format, group_name) format, group_name, taken_at, taken_by, codes, sha256 "
                                + "from code_export where firm_id = ? order by format, group_name, taken_at desc",
                        CodeExports::read,
                        Tenant.current()));
        Map<String, List<ExportFormat.Entry>> entries = new HashMap<>();
        List<Last> found = new ArrayList<>();
        for (Row row : rows) {
            List<ExportFormat.Entry> now = entries.computeIfAbsent(row.group(), this::entries);
            boolean old = !row.hash()
                    .equals(HexFormat.of().formatHex(hash(row.format().write(now))));
            found.add(new Last(row.format(), row.group(), row.at(), row.by(), row.codes(), old));
        }
        found.sort((one, other) -> other.takenAt().compareTo(one.takenAt()));
        return found;
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                ExportFormat.valueOf(row.getString("format")),
                row.getString("group_name"),
                Sql.instant(row, "taken_at"),
                row.getString("taken_by"),
                row.getInt("codes"),
                HexFormat.of().formatHex(row.getBytes("sha256")));
    }

    /** Groups that codes have, by name. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<String> groups() {
        return entities.createQuery(
                        "select distinct c.group from AccountCode c where c.group is not null order by c.group",
                        String.class)
                .getResultList();
    }

    private List<ExportFormat.Entry> entries(String group) {
        Map<UUID, String> clients = new HashMap<>();
        entities.createQuery("from Client", Client.class)
                .getResultStream()
                .forEach(client -> clients.put(client.id(), client.name()));
        Map<UUID, String> matters = new HashMap<>();
        entities.createQuery("from Matter", Matter.class)
                .getResultStream()
                .forEach(matter -> matters.put(matter.id(), matter.reference()));
        Instant now = clock.instant();
        return entities.createQuery("from AccountCode c order by c.code", AccountCode.class)
                .getResultStream()
                .filter(code -> code.valid(now) && (group.isEmpty() || group.equals(code.group())))
                .map(code -> new ExportFormat.Entry(
                        code.code(),
                        text(code.label()),
                        text(code.clientId() == null ? null : clients.get(code.clientId())),
                        text(code.matterId() == null ? null : matters.get(code.matterId())),
                        text(code.group())))
                .toList();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
