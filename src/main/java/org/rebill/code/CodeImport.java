package org.rebill.code;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.rebill.agreement.Client;
import org.rebill.agreement.Matter;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Copy;
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;
import org.rebill.platform.Violation;

/** Many codes at once from a CSV file: first looked through, then all of it or nothing. */
@ApplicationScoped
public class CodeImport {
    /** Problems that are told at once. */
    static final int TOLD = 100;
    /** Changes that are shown at once. */
    static final int SHOWN = 20;

    private final EntityManager entities;
    private final Firms firms;
    private final AuditLog audit;
    private final Event<CodesChanged> news;
    private final Clock clock;

    @Inject
    CodeImport(EntityManager entities, Firms firms, AuditLog audit, Event<CodesChanged> news, Clock clock) {
        this.entities = entities;
        this.firms = firms;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /**
     * What a file would do, or did.
     *
     * @param lines without the header
     * @param created codes that are given out
     * @param changed codes whose label, group or end changes
     * @param problemCount lines with something wrong; nothing is stored unless it is 0
     * @param problems the first 100
     * @param first the first 20 codes that are given out or changed
     */
    public record Outcome(
            int lines,
            int created,
            int changed,
            int unchanged,
            int problemCount,
            List<LineProblem> problems,
            List<Shown> first) {}

    /**
     * What is wrong with a line and how to mend it.
     *
     * @param line number in the file, from 1
     * @param field column
     */
    public record LineProblem(long line, String field, String code, String text) {}

    /** A code as it will be; {@code owner} in words. */
    public record Shown(String code, String label, String owner, String group, boolean created) {}

    /** Looks a file through and stores nothing. Refused (422) when it is no such file. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Outcome preview(String csv) {
        List<CodeLine> lines = CodeFile.read(csv);
        Names names = names();
        return outcome(lines.size(), plan(lines, names), names);
    }

    /** Stores a file. Refused (422) with what is wrong with its lines, and then nothing is stored. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Outcome store(String csv) {
        List<CodeLine> lines = CodeFile.read(csv);
        audit.lock();
        Names names = names();
        CodePlan plan = plan(lines, names);
        if (!plan.problems().isEmpty()) {
            throw new Refusal.Invalid(plan.problems().stream()
                    .limit(TOLD)
                    .map(problem -> new Refusal.Problem(
                            "line." + problem.line() + "." + problem.field(),
                            problem.code(),
                            "Line " + problem.line() + ": " + problem.text()))
                    .toList());
        }
        if (plan.created().isEmpty() && plan.changed().isEmpty()) {
            return outcome(lines.size(), plan, names);
        }
        Map<UUID, AccountCode> before = new HashMap<>();
        stored().forEach(code -> before.put(code.id(), code));
        Map<String, Object> told = told(csv, plan, before, names);
        write(plan);
        // What was read before the rows were written is not what stands there now.
        entities.clear();
        audit.note("codes.imported", "codes", Ids.next(), null, told);
        Set<String> codes = new HashSet<>();
        Stream.concat(plan.created().stream(), plan.changed().stream()).forEach(code -> codes.add(code.code()));
        news.fire(new CodesChanged(codes));
        return outcome(lines.size(), plan, names);
    }

    private CodePlan plan(List<CodeLine> lines, Names names) {
        ZoneId zone = firms.current().profile().zoneId();
        return CodePlan.of(lines, stored(), names, zone, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private List<AccountCode> stored() {
        return entities.createQuery("from AccountCode", AccountCode.class).getResultList();
    }

    private static Outcome outcome(int lines, CodePlan plan, Names names) {
        Set<Long> wrong = new HashSet<>();
        plan.problems().forEach(problem -> wrong.add(problem.line()));
        return new Outcome(
                lines,
                plan.created().size(),
                plan.changed().size(),
                plan.unchanged(),
                wrong.size(),
                plan.problems().stream()
                        .limit(TOLD)
                        .map(one -> new LineProblem(one.line(), one.field(), one.code(), one.text()))
                        .toList(),
                Stream.concat(plan.created().stream(), plan.changed().stream())
                        .limit(SHOWN)
                        .map(one -> new Shown(
                                one.code(), one.label(), names.words(one.owner()), one.group(), one.id() == null))
                        .toList());
    }

    private static Map<String, Object> told(String csv, CodePlan plan, Map<UUID, AccountCode> before, Names names) {
        Map<String, Object> told = new TreeMap<>();
        told.put("sha256", HexFormat.of().formatHex(Sha256.of(csv.getBytes(StandardCharsets.UTF_8))));
        told.put(
                "created",
                plan.created().stream().map(code -> seen(code, names)).toList());
        told.put(
                "changed",
                plan.changed().stream()
                        .map(code -> {
                            Map<String, Object> both = new TreeMap<>();
                            AccountCode was = before.get(code.id());
                            both.put("after", seen(code, names));
                            both.put("labelBefore", was.label());
                            both.put("groupBefore", was.group());
                            both.put("retiredBefore", was.retiredAt());
                            return both;
                        })
                        .toList());
        return told;
    }

    private static Map<String, Object> seen(CodePlan.Planned code, Names names) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("code", code.code());
        fields.put("label", code.label());
        fields.put("group", code.group());
        fields.put("for", names.words(code.owner()));
        fields.put("validFrom", code.from());
        fields.put("retiredAt", code.retired());
        return fields;
    }

    private void write(CodePlan plan) {
        UUID firm = Tenant.current();
        entities.flush();
        try {
            entities.unwrap(Session.class).doWork(connection -> write(connection, firm, plan));
        } catch (ConstraintViolationException e) {
            throw refused(e);
        }
    }

    private static RuntimeException refused(RuntimeException e) {
        return Violation.of(e).filter(Violation.EXCLUSION::equals).isPresent()
                ? new Refusal.Conflict(
                        "file", "code.taken", "Somebody else gave one of these codes out at this moment. Try again.")
                : e;
    }

    private static void write(Connection connection, UUID firm, CodePlan plan) throws SQLException {
        Sql sql = Sql.on(connection);
        sql.run("create temporary table if not exists code_stage (id uuid, code text, label text, group_name text, "
                + "house boolean, client_id uuid, matter_id uuid, valid_from timestamptz, retired_at timestamptz) "
                + "on commit delete rows");
        stage(connection, plan.changed());
        sql.update(
                "update account_code c set label = s.label, group_name = s.group_name, retired_at = s.retired_at, "
                        + "version = c.version + 1 from code_stage s where c.firm_id = ? and c.id = s.id",
                firm);
        stage(connection, plan.created());
        sql.query(
                "insert into account_code (firm_id, id, code, label, group_name, house, client_id, matter_id, "
                        + "valid_from, retired_at) select ?, id, code, label, group_name, house, client_id, matter_id, "
                        + "valid_from, retired_at from code_stage order by code returning id",
                row -> 1,
                firm);
    }

    private static void stage(Connection connection, List<CodePlan.Planned> codes) throws SQLException {
        Sql.on(connection).run("delete from code_stage");
        try (Copy copy = Copy.into(
                connection,
                "code_stage",
                "id, code, label, group_name, house, client_id, matter_id, valid_from, retired_at")) {
            for (CodePlan.Planned code : codes) {
                copy.row()
                        .uuid(code.id() == null ? Ids.next() : code.id())
                        .text(code.code())
                        .text(code.label())
                        .text(code.group())
                        .flag(code.owner().house())
                        .uuid(code.owner().clientId())
                        .uuid(code.owner().matterId())
                        .instant(code.from())
                        .instant(code.retired());
            }
        }
    }

    private Names names() {
        return new Names(
                entities.createQuery("from Client", Client.class).getResultList(),
                entities.createQuery("from Matter", Matter.class).getResultList());
    }

    /** The firm's clients and matters by what people write, two queries for all lines. */
    private static final class Names implements CodePlan.Directory {
        private final Map<String, UUID> clients = new HashMap<>();
        private final Map<UUID, String> clientNames = new HashMap<>();
        private final Map<UUID, Map<String, UUID>> matters = new HashMap<>();
        private final Map<UUID, String> references = new HashMap<>();

        Names(List<Client> allClients, List<Matter> allMatters) {
            for (Client client : allClients) {
                clients.put(client.name().toLowerCase(Locale.ROOT), client.id());
                clientNames.put(client.id(), client.name());
            }
            for (Matter matter : allMatters) {
                matters.computeIfAbsent(matter.clientId(), client -> new HashMap<>())
                        .put(matter.reference().toLowerCase(Locale.ROOT), matter.id());
                references.put(matter.id(), matter.reference());
            }
        }

        @Override
        public UUID client(String name) {
            return clients.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public UUID matter(UUID clientId, String reference) {
            return matters.getOrDefault(clientId, Map.of()).get(reference.toLowerCase(Locale.ROOT));
        }

        @Override
        public String words(CodePlan.Owner owner) {
            if (owner.house()) {
                return "House";
            }
            String client = clientNames.getOrDefault(owner.clientId(), "");
            return owner.matterId() == null ? client : client + " / " + references.getOrDefault(owner.matterId(), "");
        }
    }

    /** All codes of the firm as CSV that {@link #store} reads back to the same. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public String export() {
        Map<UUID, String> clients = new HashMap<>();
        entities.createQuery("from Client", Client.class)
                .getResultStream()
                .forEach(client -> clients.put(client.id(), client.name()));
        Map<UUID, String> matters = new HashMap<>();
        entities.createQuery("from Matter", Matter.class)
                .getResultStream()
                .forEach(matter -> matters.put(matter.id(), matter.reference()));
        ZoneId zone = firms.current().profile().zoneId();
        return CodeFile.write(entities.createQuery(
                        "from AccountCode c order by c.code, c.validFrom nulls first, c.id", AccountCode.class)
                .getResultStream()
                .map(code -> new CodeLine(
                        0,
                        code.code(),
                        text(code.label()),
                        code.house() ? "House" : clients.get(code.clientId()),
                        text(code.matterId() == null ? null : matters.get(code.matterId())),
                        text(code.group()),
                        CodeFile.moment(code.validFrom(), zone),
                        CodeFile.moment(code.retiredAt(), zone)))
                .toList());
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
