package org.rebill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;
import org.rebill.platform.Violation;

/** Keeps reports with their filters under names. What they show is always the reader's to see. */
@ApplicationScoped
public class SavedReports {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_VALUE = 60;

    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    SavedReports(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /** By name. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<SavedReport> all() {
        return entities.createQuery("from SavedReport order by lower(name), id", SavedReport.class)
                .getResultList();
    }

    /**
     * Saves one.
     *
     * @param name 1 to 80 characters, another than those that are there
     * @param parameters of the reports page; unknown ones are left out
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public SavedReport save(String name, Map<String, String> parameters) {
        String given = name == null ? "" : name.strip();
        if (given.isEmpty() || given.length() > LONGEST_NAME) {
            throw new Refusal.Invalid("name", "name.length", "Give the report a name of 1 to 80 characters.");
        }
        Map<String, String> asked = parameters == null ? Map.of() : parameters;
        Preset preset = Preset.of(asked.getOrDefault("report", Preset.CLIENTS.key()));
        String query = ReportsResource.parameters().stream()
                .filter(key -> !key.equals("report"))
                .filter(key -> asked.get(key) != null
                        && !asked.get(key).isBlank()
                        && asked.get(key).length() <= LONGEST_VALUE)
                .map(key -> "&" + key + "=" + URLEncoder.encode(asked.get(key), StandardCharsets.UTF_8))
                .collect(Collectors.joining("", "report=" + preset.key(), ""));
        SavedReport saved = new SavedReport(
                Ids.next(),
                given,
                query,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Caller.current().name(),
                Caller.current().userId());
        entities.persist(saved);
        store();
        audit.note("report.saved", "report", saved.id(), null, Map.of("name", given, "query", query));
        return saved;
    }

    private void store() {
        try {
            entities.flush();
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.UNIQUE::equals).isPresent()) {
                throw new Refusal.Conflict(
                        "name", "name.taken", "A report is saved under this name already. Choose another one.");
            }
            throw e;
        }
    }

    /** Removes one: whoever saved it, or the office. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public void remove(UUID id) {
        SavedReport saved = id == null ? null : entities.find(SavedReport.class, id);
        if (saved == null) {
            throw new Refusal.NotFound("saved report");
        }
        Caller caller = Caller.current();
        if (!caller.seesAllCalls() && !Objects.equals(saved.userId(), caller.userId())) {
            throw new Refusal.Forbidden("Only the office and whoever saved a report may remove it.");
        }
        audit.note("report.removed", "report", id, Map.of("name", saved.name(), "query", saved.query()), null);
        entities.remove(saved);
    }
}
