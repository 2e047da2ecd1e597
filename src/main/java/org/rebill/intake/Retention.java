package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Json;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/**
 * Erases the bytes of old files by the firm's rule, with a certificate. Names, counts and hashes stay, and so do calls and
 * statements. Never erased: files with records in quarantine, with calls that are still to be billed, or on statements
 * that are younger than the rule; the database itself refuses it.
 */
@ApplicationScoped
public class Retention {
    /** Longest that can be set, in years. */
    public static final int MOST_YEARS = 30;
    /** Files of one certificate. */
    private static final int TOGETHER = 200;

    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    Retention(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A firm's rule.
     *
     * @param years after which bytes are erased
     */
    public record Rule(int years, Instant setAt, String setBy) {}

    /** The firm's rule; empty when nothing is ever erased. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Optional<Rule> rule() {
        return entities.unwrap(Session.class).doReturningWork(connection -> read(Sql.on(connection)));
    }

    private static Optional<Rule> read(Sql sql) throws SQLException {
        return sql
                .query(
                        "select years, set_at, set_by from intake_retention where firm_id = ?",
                        row -> new Rule(row.getInt("years"), Sql.instant(row, "set_at"), row.getString("set_by")),
                        Tenant.current())
                .stream()
                .findFirst();
    }

    /**
     * Sets the rule. The first bytes go within an hour.
     *
     * @param years 1 to 30; null: nothing is erased any more
     */
    @Allow(Role.OWNER)
    @Transactional
    public Optional<Rule> set(Integer years) {
        if (years != null && (years < 1 || years > MOST_YEARS)) {
            throw new Refusal.Invalid(
                    "years", "years.range", "Give 1 to " + MOST_YEARS + " years, or nothing to keep all bytes.");
        }
        UUID firm = Tenant.current();
        Instant now = now();
        String by = Caller.current().name();
        Optional<Rule> before = entities.unwrap(Session.class).doReturningWork(connection -> {
            Sql sql = Sql.on(connection);
            Optional<Rule> was = read(sql);
            sql.update("delete from intake_retention where firm_id = ?", firm);
            if (years != null) {
                sql.update(
                        "insert into intake_retention (firm_id, years, set_at, set_by) values (?, ?, ?, ?)",
                        firm,
                        years,
                        now,
                        by);
            }
            return was;
        });
        audit.note(
                "retention.set",
                "firm",
                firm,
                Map.of("years", before.map(rule -> String.valueOf(rule.years())).orElse("all kept")),
                Map.of("years", years == null ? "all kept" : years.toString()));
        return years == null ? Optional.empty() : Optional.of(new Rule(years, now, by));
    }

    /** Certificates, newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<EraseCertificate> certificates(int limit) {
        return entities.createQuery("from EraseCertificate order by id desc", EraseCertificate.class)
                .setMaxResults(limit)
                .getResultList();
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public EraseCertificate certificate(UUID id) {
        EraseCertificate found = id == null ? null : entities.find(EraseCertificate.class, id);
        if (found == null) {
            throw new Refusal.NotFound("certificate");
        }
        return found;
    }

    /** A file on a certificate. */
    private record Erased(UUID id, String name, long bytes, String sha256, Instant receivedAt, String receivedBy) {}

    /** What is hashed. */
    private record Document(UUID certificate, Instant erasedAt, String by, int years, Rule rule, List<Erased> files) {}

    /**
     * Erases what the current firm's rule says, up to 200 files.
     *
     * @return how many files
     */
    @Transactional
    int erase() {
        Optional<Rule> rule = rule(entities);
        if (rule.isEmpty()) {
            return 0;
        }
        Instant now = now();
        Instant before =
                now.atOffset(ZoneOffset.UTC).minusYears(rule.get().years()).toInstant();
        UUID firm = Tenant.current();
        List<Erased> files = entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select id, name, size_bytes, sha256, received_at, received_by from intake_file "
                                + "where firm_id = ? and certificate_id is null and received_at < ? "
                                + "and app_is_erasable(id, ?) order by id limit ? for no key update",
                        row -> new Erased(
                                Sql.uuid(row, "id"),
                                row.getString("name"),
                                row.getLong("size_bytes"),
                                HexFormat.of().formatHex(row.getBytes("sha256")),
                                Sql.instant(row, "received_at"),
                                row.getString("received_by")),
                        firm,
                        before,
                        before,
                        TOGETHER));
        if (files.isEmpty()) {
            return 0;
        }
        UUID id = Ids.next();
        long bytes = files.stream().mapToLong(Erased::bytes).sum();
        int years = rule.get().years();
        String document = Json.write(new Document(id, now, Caller.current().name(), years, rule.get(), files));
        byte[] hash = Sha256.of(document.getBytes(StandardCharsets.UTF_8));
        entities.persist(new EraseCertificate(id, now, years, files.size(), bytes, document, hash));
        entities.flush();
        entities.unwrap(Session.class).doWork(connection -> {
            Sql sql = Sql.on(connection);
            for (Erased file : files) {
                sql.query("select app_erase_file(?, ?, ?)", row -> 1, id, file.id(), IntakeChunk.SIZE);
            }
        });
        audit.note(
                "files.erased",
                "certificate",
                id,
                null,
                Map.of(
                        "files",
                        files.size(),
                        "bytes",
                        bytes,
                        "years",
                        years,
                        "sha256",
                        HexFormat.of().formatHex(hash)));
        return files.size();
    }

    private static Optional<Rule> rule(EntityManager entities) {
        return entities.unwrap(Session.class).doReturningWork(connection -> read(Sql.on(connection)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
