package org.rebill.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.agreement.Client;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.call.Calls;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.Charge;
import org.rebill.platform.Json;
import org.rebill.platform.Refusal;
import org.rebill.statement.Statement;
import org.rebill.statement.StatementDocument;

/** Gives out the evidence of calls and of issued statements: to the office all, to others their own. */
@ApplicationScoped
public class Proofs {
    private final EntityManager entities;
    private final Calls calls;
    private final Gathering gathering;
    private final AuditLog audit;

    @Inject
    Proofs(EntityManager entities, Calls calls, Gathering gathering, AuditLog audit) {
        this.entities = entities;
        this.calls = calls;
        this.gathering = gathering;
        this.audit = audit;
    }

    /**
     * An archive for the verifier.
     *
     * @param name of the file
     */
    @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
    public record Archive(String name, byte[] bytes) {}

    /** Of one call. Professionals read own calls. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Evidence ofCall(UUID call) {
        if (call == null || calls.byId(List.of(call)).isEmpty()) {
            throw new Refusal.NotFound("call");
        }
        return ofCall(call, null);
    }

    /** Of one call on a statement of the client's own. */
    @Allow(Role.CLIENT)
    @Transactional
    public Evidence ofOwnCall(UUID statement, UUID call) {
        return ofCall(call, own(statement));
    }

    private Evidence ofCall(UUID call, Statement own) {
        List<Charge> charges = entities.createQuery("from Charge where callId = :call order by no", Charge.class)
                .setParameter("call", call)
                .getResultStream()
                .filter(charge -> own == null || own.id().equals(charge.statementId()))
                .toList();
        if (charges.isEmpty() && own != null) {
            throw new Refusal.NotFound("call on this statement");
        }
        Statement statement = own != null
                ? own
                : charges.stream()
                        .filter(Charge::issued)
                        .findFirst()
                        .map(charge -> entities.find(Statement.class, charge.statementId()))
                        .orElse(null);
        return gathering.gather(
                charges,
                statement == null ? null : issued(statement),
                charges.stream()
                        .map(charge -> new Gathering.Place(charge.callId(), charge.no()))
                        .toList(),
                Map.of(),
                own != null);
    }

    /** Of an issued statement. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Evidence ofStatement(UUID id) {
        return ofStatement(found(id), false);
    }

    /** Of an issued statement of the client's own. */
    @Allow(Role.CLIENT)
    @Transactional
    public Evidence ofOwnStatement(UUID id) {
        return ofStatement(own(id), true);
    }

    /** The same as an archive to verify without this service. That it was taken is noted. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Archive archive(UUID id) {
        return archive(found(id), false);
    }

    /** The same of a statement of the client's own. */
    @Allow(Role.CLIENT)
    @Transactional
    public Archive ownArchive(UUID id) {
        return archive(own(id), true);
    }

    private Archive archive(Statement statement, boolean forClient) {
        Object[] paper = paper(statement);
        Evidence evidence = ofStatement(statement, forClient);
        byte[] zip = new EvidenceArchive(evidence, (String) paper[0], (byte[]) paper[1])
                .write(manifest -> seal(statement, manifest));
        return new Archive(statement.number().replaceAll("[^A-Za-z0-9._-]", "_") + "-evidence.zip", zip);
    }

    private Evidence.Act seal(Statement statement, String manifest) {
        audit.note(
                "evidence.taken",
                "statement",
                statement.id(),
                null,
                Map.of("number", statement.number(), "manifest", manifest));
        return Gathering.act(
                entities.createQuery("from AuditEntry where subject = :subject order by seq desc", AuditEntry.class)
                        .setParameter("subject", "statement/" + statement.id())
                        .setMaxResults(1)
                        .getSingleResult());
    }

    private Evidence ofStatement(Statement statement, boolean forClient) {
        StatementDocument document = Json.read((String) paper(statement)[0], StatementDocument.class);
        List<Charge> charges = entities.createQuery("from Charge where statementId = :statement", Charge.class)
                .setParameter("statement", statement.id())
                .getResultList();
        Map<Gathering.Place, StatementDocument.Line> printed = new LinkedHashMap<>();
        document.lines().forEach(line -> printed.put(new Gathering.Place(line.callId(), line.chargeNo()), line));
        return gathering.gather(charges, issued(statement), List.copyOf(printed.keySet()), printed, forClient);
    }

    /** The document and the PDF, as issued. */
    private Object[] paper(Statement statement) {
        return entities.createQuery(
                        "select p.document, p.pdf from IssuedPaper p where p.statementId = :id", Object[].class)
                .setParameter("id", statement.id())
                .getSingleResult();
    }

    private Statement found(UUID id) {
        Statement statement = id == null ? null : entities.find(Statement.class, id);
        if (statement == null) {
            throw new Refusal.NotFound("statement");
        }
        if (statement.isDraft()) {
            throw new Refusal.Conflict(
                    "",
                    "statement.draft",
                    "A draft can still change. Issue it; the evidence of each of its calls is there now.");
        }
        refuseCreditNote(statement);
        return statement;
    }

    private static void refuseCreditNote(Statement statement) {
        if (statement.isCreditNote()) {
            throw new Refusal.Conflict(
                    "",
                    "statement.credit-note",
                    "A credit note takes lines of a statement back. Ask for the evidence of that statement.");
        }
    }

    /** Drafts and other clients' statements sound like missing ones. */
    private Statement own(UUID id) {
        Statement statement = id == null ? null : entities.find(Statement.class, id);
        if (statement == null
                || statement.isDraft()
                || !statement.clientId().equals(Caller.current().clientId())) {
            throw new Refusal.NotFound("statement");
        }
        refuseCreditNote(statement);
        return statement;
    }

    private Evidence.Issued issued(Statement statement) {
        return new Evidence.Issued(
                statement.id(),
                statement.number(),
                statement.clientId(),
                entities.find(Client.class, statement.clientId()).name(),
                statement.period().from(),
                statement.period().last(),
                statement.currency(),
                statement.total(),
                statement.issuedAt(),
                statement.issuedBy(),
                HexFormat.of().formatHex(statement.documentSha256()),
                HexFormat.of().formatHex(statement.pdfSha256()));
    }
}
