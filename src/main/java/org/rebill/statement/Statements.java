package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.ledger.Ledger;
import org.rebill.platform.Ids;
import org.rebill.platform.Json;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** The firm's statements: drafts are made for a period and looked through; {@link Issuing} makes them final. */
@ApplicationScoped
public class Statements {
    private final EntityManager entities;
    private final Ledger ledger;
    private final Documents documents;
    private final StatementPaper paper;
    private final Firms firms;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    Statements(
            EntityManager entities,
            Ledger ledger,
            Documents documents,
            StatementPaper paper,
            Firms firms,
            AuditLog audit,
            Clock clock) {
        this.entities = entities;
        this.ledger = ledger;
        this.documents = documents;
        this.paper = paper;
        this.firms = firms;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a run did for one client.
     *
     * @param created false when calls were added to a draft that was there
     * @param calls put on the draft by this run
     */
    public record Drafted(UUID statementId, UUID clientId, String currency, boolean created, int calls) {}

    /**
     * What a run did.
     *
     * @param waiting calls that came too late for the period: it was issued already, so that the next one takes them
     */
    public record Run(List<Drafted> drafted, List<Ledger.Unbilled> waiting) {
        public Run {
            drafted = List.copyOf(drafted);
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * Priced calls up to a period's end that are on no statement.
     *
     * @param ready what a run of the period would take
     * @param waiting what it would leave to the next one, because the client got a statement of this period already
     */
    public record Pending(List<Ledger.Unbilled> ready, List<Ledger.Unbilled> waiting) {
        public Pending {
            ready = List.copyOf(ready);
            waiting = List.copyOf(waiting);
        }
    }

    /** What a run of the period would find. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Pending pending(Period period) {
        Instant end = period.end(firms.current().profile().zoneId());
        Set<Closed> closed = closed(period);
        Map<Boolean, List<Ledger.Unbilled>> found = ledger.unbilled(end, period.from()).stream()
                .collect(Collectors.partitioningBy(
                        unbilled -> closed.contains(new Closed(unbilled.clientId(), unbilled.currency()))));
        return new Pending(found.get(false), found.get(true));
    }

    /**
     * Makes drafts of a period for all clients: each takes the client's priced calls that started before the period's
     * end and are on no statement, those of earlier periods among them. Again is harmless and adds what came since.
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Run run(Period period) {
        audit.lock();
        Instant end = period.end(firms.current().profile().zoneId());
        Pending pending = pending(period);
        List<Drafted> drafted = pending.ready().stream()
                .map(unbilled -> draft(period, end, unbilled))
                .toList();
        drafted.forEach(draft -> note(period, draft));
        return new Run(drafted, pending.waiting());
    }

    private record Closed(UUID clientId, String currency) {}

    /**
     * Whoever has got a statement that reaches to this period's end or beyond gets none for it again, unless it was
     * taken back.
     */
    private Set<Closed> closed(Period period) {
        return new HashSet<>(entities.createQuery(
                        "select distinct s.clientId, s.currency from Statement s join StatementLife l "
                                + "on l.statementId = s.id where s.kind = :kind and l.stageNow <> :credited "
                                + "and s.periodTo >= :to",
                        Closed.class)
                .setParameter("kind", Statement.Kind.STATEMENT)
                .setParameter("credited", StatementStage.CREDITED)
                .setParameter("to", period.to())
                .getResultList());
    }

    /**
     * Puts the calls of a statement that was taken back onto a draft of the same period, with whatever else is open for
     * the client; empty when none of them has a price.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Drafted> redraft(Statement takenBack) {
        Period period = takenBack.period();
        Instant end = period.end(firms.current().profile().zoneId());
        Optional<Drafted> drafted = ledger.unbilled(end, period.from()).stream()
                .filter(unbilled -> unbilled.clientId().equals(takenBack.clientId())
                        && unbilled.currency().equals(takenBack.currency()))
                .findFirst()
                .map(unbilled -> draft(period, end, unbilled));
        drafted.ifPresent(draft -> note(period, draft));
        return drafted;
    }

    private Drafted draft(Period period, Instant end, Ledger.Unbilled unbilled) {
        UUID fresh = Ids.next();
        boolean created = entities.createNativeQuery("insert into statement (firm_id, id, client_id, period_from, "
                                + "period_to, currency, state, drafted_at) "
                                + "values (:firm, :id, :client, :from, :to, :currency, 'DRAFT', :at) "
                                + "on conflict (firm_id, client_id, period_from, period_to, currency) "
                                + "where state = 'DRAFT' do nothing")
                        .setParameter("firm", Tenant.current())
                        .setParameter("id", fresh)
                        .setParameter("client", unbilled.clientId())
                        .setParameter("from", period.from())
                        .setParameter("to", period.to())
                        .setParameter("currency", unbilled.currency())
                        .setParameter("at", clock.instant().truncatedTo(ChronoUnit.MICROS))
                        .executeUpdate()
                == 1;
        UUID id = created ? fresh : draftOf(period, unbilled);
        int calls = ledger.putOn(id, unbilled.clientId(), unbilled.currency(), end, period.from());
        return new Drafted(id, unbilled.clientId(), unbilled.currency(), created, calls);
    }

    private void note(Period period, Drafted draft) {
        audit.note(
                draft.created() ? "statement.drafted" : "statement.extended",
                "statement",
                draft.statementId(),
                null,
                Map.of(
                        "client", draft.clientId(),
                        "from", period.from(),
                        "to", period.last(),
                        "calls", draft.calls()));
    }

    private UUID draftOf(Period period, Ledger.Unbilled unbilled) {
        return entities.createQuery(
                        "select s.id from Statement s where s.state = :draft and s.clientId = :client "
                                + "and s.periodFrom = :from and s.periodTo = :to and s.currency = :currency",
                        UUID.class)
                .setParameter("draft", StatementState.DRAFT)
                .setParameter("client", unbilled.clientId())
                .setParameter("from", period.from())
                .setParameter("to", period.to())
                .setParameter("currency", unbilled.currency())
                .getSingleResult();
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Statement get(UUID id) {
        return readable(id);
    }

    /** One that the caller may see; to a professional, drafts and those of others' clients sound like missing ones. */
    private Statement readable(UUID id) {
        StatementScope scope = StatementScope.ofCaller();
        return scope.bind(entities.createQuery(
                                "from Statement s where s.id = :id and " + scope.condition(), Statement.class)
                        .setParameter("id", id))
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound("statement"));
    }

    private Statement found(UUID id) {
        Statement statement = id == null ? null : entities.find(Statement.class, id);
        if (statement == null) {
            throw new Refusal.NotFound("statement");
        }
        return statement;
    }

    /** All that is, or was, printed on it. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public StatementDocument document(UUID id) {
        return documentOf(readable(id));
    }

    private StatementDocument documentOf(Statement statement) {
        return statement.isDraft()
                ? documents.compose(statement, ledger.on(statement.id()))
                : issuedDocument(statement);
    }

    /** What was printed on an issued one. */
    @Transactional(Transactional.TxType.MANDATORY)
    StatementDocument issuedDocument(Statement statement) {
        return Json.read(entities.find(IssuedPaper.class, statement.id()).document(), StatementDocument.class);
    }

    /** The paper: of a draft printed now and marked as one, of an issued statement the stored bytes. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Pdf pdf(UUID id) {
        Statement statement = readable(id);
        return statement.isDraft()
                ? Pdf.draft(paper.pdf(documentOf(statement)))
                : Pdf.issued(statement, entities.find(IssuedPaper.class, id));
    }

    /** When somebody at the client first opened it; empty when nobody did. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Optional<StatementView> firstView(UUID id) {
        readable(id);
        return Optional.ofNullable(entities.find(StatementView.class, id));
    }

    /** Takes calls off a draft; they wait for the next period's run. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void putOff(UUID id, Collection<UUID> callIds) {
        audit.lock();
        Statement draft = lockedDraft(id);
        // Two people's talks in one call are two lines with the same call.
        for (UUID call : new LinkedHashSet<>(callIds)) {
            if (!ledger.putOff(id, call, draft.period().to())) {
                throw new Refusal.NotFound("call on this statement");
            }
            audit.note("statement.call-put-off", "statement", id, Map.of("call", call), null);
        }
    }

    /** Removes a draft; its calls are free for the next run. It had no number, so none is missing. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void discard(UUID id) {
        audit.lock();
        Statement draft = lockedDraft(id);
        int calls = ledger.takeOff(id);
        audit.note(
                "statement.discarded",
                "statement",
                id,
                Map.of(
                        "client", draft.clientId(),
                        "from", draft.period().from(),
                        "to", draft.period().last(),
                        "calls", calls),
                null);
        entities.remove(draft);
    }

    /**
     * The draft, kept from everybody else until the transaction ends.
     *
     * @throws Refusal.Conflict when it was issued
     */
    @Transactional(Transactional.TxType.MANDATORY)
    Statement lockedDraft(UUID id) {
        // The database shows issued rows to nobody who asks for a lock on them.
        return entities.createQuery("from Statement s where s.id = :id", Statement.class)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> issued(found(id)));
    }

    private static Refusal.Conflict issued(Statement statement) {
        return new Refusal.Conflict(
                "",
                "statement.issued",
                "This statement was issued as " + statement.number() + " and can't be changed any more.");
    }

    /**
     * A draft as it stands.
     *
     * @throws Refusal.Conflict when it was issued
     */
    @Transactional(Transactional.TxType.MANDATORY)
    Statement draft(UUID id) {
        Statement statement = found(id);
        if (!statement.isDraft()) {
            throw issued(statement);
        }
        return statement;
    }
}
