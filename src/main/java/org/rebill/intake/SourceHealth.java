package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Site;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;

/** How sources are doing, and the note when one goes silent or comes back. */
@ApplicationScoped
public class SourceHealth {
    /** Most silent hours that can be set. */
    public static final int MOST_HOURS = 500;

    private static final Set<IntakeFile.Via> BY_MACHINE =
            EnumSet.of(IntakeFile.Via.PUSH, IntakeFile.Via.SFTP, IntakeFile.Via.SMDR);

    private final EntityManager entities;
    private final SourceHours hours;
    private final AuditLog audit;
    private final Event<Object> news;
    private final Clock clock;

    @Inject
    SourceHealth(EntityManager entities, SourceHours hours, AuditLog audit, Event<Object> news, Clock clock) {
        this.entities = entities;
        this.hours = hours;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /** How a source is doing now. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Health of(UUID sourceId) {
        return now(source(sourceId));
    }

    private Health now(Source source) {
        Instant now = clock.instant();
        Site site = entities.find(Site.class, source.siteId());
        SourceWatch watch = entities.find(SourceWatch.class, source.id());
        HealthRule rule = new HealthRule(
                ZoneId.of(site.zone()),
                hours.since(source.id(), now.minus(Duration.ofDays(7L * (HealthRule.WEEKS + 1) + 1))));
        return rule.at(now, watch == null ? null : watch.lastAt(), limit(source.id(), watch));
    }

    private int limit(UUID sourceId, SourceWatch watch) {
        if (watch != null && watch.silenceHours() != null) {
            return watch.silenceHours();
        }
        List<IntakeFile.Via> newest = entities.createQuery(
                        "select via from IntakeFile where sourceId = :source order by id desc", IntakeFile.Via.class)
                .setParameter("source", sourceId)
                .setMaxResults(1)
                .getResultList();
        return newest.isEmpty() || !BY_MACHINE.contains(newest.get(0)) ? 0 : HealthRule.USUAL_LIMIT;
    }

    /** What is noted of each source that has any, by source. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Map<UUID, SourceWatch> noted() {
        return entities.createQuery("from SourceWatch", SourceWatch.class)
                .getResultStream()
                .collect(Collectors.toMap(SourceWatch::sourceId, Function.identity()));
    }

    /** What is set of a source: silent hours that somebody is told of; null when nothing is set. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Integer silenceHours(UUID sourceId) {
        SourceWatch watch = entities.find(SourceWatch.class, source(sourceId).id());
        return watch == null ? null : watch.silenceHours();
    }

    /**
     * Sets after how many silent hours somebody is told; hours that are silent in other weeks too do not count.
     *
     * @param silenceHours 0: never; null: after 8, where records come by machine
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Health tellAfter(UUID sourceId, Integer silenceHours) {
        Source source = source(sourceId);
        if (silenceHours != null && (silenceHours < 0 || silenceHours > MOST_HOURS)) {
            throw new Refusal.Invalid(
                    "silenceHours", "silence.range", "Give 1 to " + MOST_HOURS + " hours, or 0 to be told of none.");
        }
        SourceWatch watch = watch(source);
        Map<String, Object> before = told(source, watch);
        watch.tellAfter(silenceHours);
        Map<String, Object> after = told(source, watch);
        if (!after.equals(before)) {
            audit.note("source.watched", "source", sourceId, before, after);
        }
        return now(source);
    }

    private static Map<String, Object> told(Source source, SourceWatch watch) {
        Map<String, Object> told = new TreeMap<>(Map.of("name", source.name()));
        told.put("silenceHours", watch.silenceHours() == null ? "automatic" : watch.silenceHours());
        return told;
    }

    private SourceWatch watch(Source source) {
        SourceWatch watch = entities.find(SourceWatch.class, source.id(), LockModeType.PESSIMISTIC_WRITE);
        if (watch == null) {
            watch = new SourceWatch(source.id(), micros());
            entities.persist(watch);
        }
        return watch;
    }

    /** The current firm's sources that have a note. */
    @Transactional
    List<UUID> watched() {
        return entities.createQuery("select sourceId from SourceWatch order by sourceId", UUID.class)
                .getResultList();
    }

    /** Looks at a source and notes when it is doing otherwise than before. */
    @Transactional
    void check(UUID sourceId) {
        Source source = source(sourceId);
        SourceWatch watch = watch(source);
        Health health = now(source);
        Health.State was = watch.state();
        if (health.state() == was) {
            return;
        }
        Instant since = watch.since();
        watch.become(health.state(), micros());
        if (health.state() == Health.State.SILENT) {
            Map<String, Object> noted = new HashMap<>(Map.of("name", source.name(), "hours", health.silentHours()));
            noted.put("last", health.lastAt());
            audit.note("source.silent", "source", sourceId, null, noted);
            news.fire(new SourceSilent(sourceId, source.name(), health.lastAt(), health.silentHours()));
        } else if (was == Health.State.SILENT) {
            audit.note("source.back", "source", sourceId, null, Map.of("name", source.name(), "last", health.lastAt()));
            news.fire(new SourceBack(sourceId, source.name(), since));
        }
    }

    private Source source(UUID id) {
        Source source = id == null ? null : entities.find(Source.class, id);
        if (source == null) {
            throw new Refusal.NotFound("phone system");
        }
        return source;
    }

    private Instant micros() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
