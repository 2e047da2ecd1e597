package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Caller;
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;

/** Ports of the current firm's sources, a transaction each. */
@ApplicationScoped
class ListenerRows {
    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    ListenerRows(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    List<SourceListener> all() {
        return entities.createQuery("from SourceListener order by port", SourceListener.class)
                .getResultList();
    }

    @Transactional
    Optional<SourceListener> of(UUID sourceId) {
        source(sourceId);
        return Optional.ofNullable(entities.find(SourceListener.class, sourceId));
    }

    @Transactional
    SourceListener set(UUID sourceId, int port, String allowed) {
        Source source = source(sourceId);
        SourceListener listener = entities.find(SourceListener.class, sourceId);
        Map<String, Object> before = listener == null ? null : told(source, listener);
        if (listener == null) {
            listener = new SourceListener(sourceId);
        }
        listener.become(
                port,
                allowed,
                Ids.next(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Caller.current().name());
        if (before == null) {
            entities.persist(listener);
        }
        audit.note("source.listens", "source", sourceId, before, told(source, listener));
        return listener;
    }

    @Transactional
    void remove(UUID sourceId) {
        Source source = source(sourceId);
        SourceListener listener = entities.find(SourceListener.class, sourceId);
        if (listener != null) {
            audit.note("source.unlistened", "source", sourceId, told(source, listener), null);
            entities.remove(listener);
        }
    }

    private static Map<String, Object> told(Source source, SourceListener listener) {
        return Map.of("name", source.name(), "port", listener.port(), "allowed", listener.allowed());
    }

    private Source source(UUID id) {
        Source source = id == null ? null : entities.find(Source.class, id);
        if (source == null) {
            throw new Refusal.NotFound("phone system");
        }
        return source;
    }
}
