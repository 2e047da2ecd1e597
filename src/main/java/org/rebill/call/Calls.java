package org.rebill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.Charge;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** The calls as people read them: owners and clerks all, professionals their own. */
@ApplicationScoped
public class Calls {
    /** Bytes of a record that are shown. */
    private static final int SHOWN = 4096;
    /** Clients whose calls a search by name finds. */
    private static final int CLIENTS_FOUND = 500;

    private final EntityManager entities;
    private final Firms firms;
    private final Clients clients;
    private final RecordBytes bytes;

    @Inject
    Calls(EntityManager entities, Firms firms, Clients clients, RecordBytes bytes) {
        this.entities = entities;
        this.firms = firms;
        this.clients = clients;
        this.bytes = bytes;
    }

    /**
     * A piece of a list.
     *
     * @param after the piece before's {@code next}, or null
     * @param limit 1 to 500
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Page<CallLine> list(CallFilter filter, CallOrder order, String after, int limit) {
        CallQueries.Scope scope = scope(filter);
        return entities.unwrap(Session.class)
                .doReturningWork(connection ->
                        new CallQueries(connection, Tenant.current()).list(scope, order, after, Page.limit(limit)));
    }

    /** Counts and sums of all that the filter finds. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public CallSummary summary(CallFilter filter) {
        CallQueries.Scope scope = scope(filter);
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> new CallQueries(connection, Tenant.current()).summary(scope));
    }

    /** Sums of each day of what the filter finds, in no order. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<CallDay> days(CallFilter filter) {
        CallQueries.Scope scope = scope(filter);
        ZoneId zone = firms.current().profile().zoneId();
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> new CallQueries(connection, Tenant.current()).days(scope, zone));
    }

    /** Sums of each state and currency of what the filter finds. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<StateSum> states(CallFilter filter) {
        CallQueries.Scope scope = scope(filter);
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> new CallQueries(connection, Tenant.current()).states(scope));
    }

    /** Sums of each person of what the filter finds, those with most time to code first. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<PersonSum> people(CallFilter filter) {
        CallQueries.Scope scope = scope(filter);
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> new CallQueries(connection, Tenant.current()).people(scope));
    }

    /** How many calls the filter finds. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public long count(CallFilter filter) {
        CallQueries.Scope scope = scope(filter);
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> new CallQueries(connection, Tenant.current()).count(scope));
    }

    /** How many calls of a file can't have happened as its records say, by reason (DOMAIN.md C22). */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Map<CallFlag, Long> impossible(UUID fileId) {
        CallQueries.Scope scope =
                scope(new CallFilter(null, null, null, null, null, null, null, fileId, CallFlag.impossible(), null));
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> new CallQueries(connection, Tenant.current()).flags(scope));
    }

    /** Some calls by key, in no order; those that the caller may not see are left out. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<CallLine> byId(List<UUID> ids) {
        CallQueries.Scope scope = scope(CallFilter.ALL);
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> new CallQueries(connection, Tenant.current()).byId(scope, ids));
    }

    /** All that is known of one call. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public CallDetails get(UUID id) {
        List<CallLine> lines = id == null ? List.of() : byId(List.of(id));
        if (lines.isEmpty()) {
            throw new Refusal.NotFound("call");
        }
        Call call = entities.createQuery("from Call where id = :id", Call.class)
                .setParameter("id", id)
                .getResultList()
                .get(0);
        return new CallDetails(
                lines.get(0),
                call.pbxCode(),
                call.talks(),
                records(call),
                entities.createQuery("from CodeEvent where callId = :id order by at, id", CodeEvent.class)
                        .setParameter("id", id)
                        .getResultStream()
                        .map(CodeEvent::given)
                        .toList(),
                entities.createQuery("from CodeCheck where callId = :id order by at, id", CodeCheck.class)
                        .setParameter("id", id)
                        .getResultStream()
                        .map(CodeCheck::checked)
                        .toList(),
                entities.createQuery("from Charge where callId = :id and openedAt = :opened order by no", Charge.class)
                        .setParameter("id", id)
                        .setParameter("opened", call.openedAt())
                        .getResultList());
    }

    private List<CallDetails.SourceRecord> records(Call call) {
        List<CallLeg> legs = entities.createQuery(
                        "from CallLeg where callId = :id and startedAt between :from and :to "
                                + "order by startedAt, sequence, fileId, recordNo",
                        CallLeg.class)
                .setParameter("id", call.id())
                .setParameter("from", call.openedAt().minus(CallWork.LONGEST_CALL))
                .setParameter("to", call.openedAt().plus(CallWork.LONGEST_CALL))
                .getResultList();
        Map<UUID, RecordBytes.File> files =
                bytes.files(legs.stream().map(CallLeg::fileId).collect(Collectors.toSet()));
        return legs.stream()
                .map(leg -> new CallDetails.SourceRecord(
                        leg.leg(),
                        leg.lineNo(),
                        leg.byteOffset(),
                        leg.byteLength(),
                        leg.contentHash(),
                        files.get(leg.fileId()),
                        bytes.bytes(leg.fileId(), leg.byteOffset(), Math.min(leg.byteLength(), SHOWN))))
                .toList();
    }

    private CallQueries.Scope scope(CallFilter filter) {
        Caller caller = Caller.current();
        UUID owner = null;
        if (!caller.seesAllCalls()) {
            if (caller.personId() == null) {
                throw new Refusal.Forbidden("Nobody of the firm is named for you: ask the owner to do so.");
            }
            owner = caller.personId();
        }
        if (filter.from() != null && filter.to() != null && filter.to().isBefore(filter.from())) {
            throw new Refusal.Invalid("to", "period.order", "The last day is before the first. Turn them round.");
        }
        ZoneId zone = firms.current().profile().zoneId();
        return new CallQueries.Scope(
                filter,
                filter.from() == null ? null : start(filter.from(), zone),
                filter.to() == null ? null : start(filter.to().plusDays(1), zone),
                owner,
                named(filter.text()));
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** Names of clients that calls are of, by key. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Map<UUID, String> clientNames(Collection<UUID> clientIds) {
        return clients.names(clientIds);
    }

    private List<UUID> named(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : clients.list(text, null, CLIENTS_FOUND).items().stream()
                        .map(Client::id)
                        .toList();
    }
}
