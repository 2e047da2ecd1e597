package org.rebill.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.audit.AuditLog;
import org.rebill.call.CallFilter;
import org.rebill.call.CallLine;
import org.rebill.call.CallOrder;
import org.rebill.call.Calls;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.ledger.Charge;
import org.rebill.platform.Page;
import org.rebill.platform.Tenant;
import org.rebill.statement.Statement;
import org.rebill.statement.StatementList;

/** The firm's lists as tables to take along. Rows are read piece by piece while the file is written. */
@ApplicationScoped
public class Exports {
    private final Calls calls;
    private final ChargePieces charges;
    private final StatementList statements;
    private final Clients clients;
    private final Firms firms;
    private final AuditLog audit;

    @Inject
    Exports(Calls calls, ChargePieces charges, StatementList statements, Clients clients, Firms firms, AuditLog audit) {
        this.calls = calls;
        this.charges = charges;
        this.statements = statements;
        this.clients = clients;
        this.firms = firms;
        this.audit = audit;
    }

    /** A table to write. */
    public record Table(Sheet sheet, Rows rows) {}

    /** Reads the piece after another. */
    @FunctionalInterface
    private interface Pieces<T> {
        Page<T> after(String last);
    }

    /** The calls that a filter finds: all, or a professional's own. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Table calls(CallFilter filter, CallOrder order) {
        FirmProfile profile = noted("calls");
        Map<UUID, Person> people = firms.peopleById();
        ZoneId zone = profile.zoneId();
        return new Table(
                sheet(
                        "calls",
                        "Calls",
                        profile,
                        filter.from(),
                        filter.to(),
                        List.of(
                                Column.of("startedAt", "Start", Kind.TIME),
                                Column.of("direction", "Direction", Kind.TEXT),
                                Column.of("number", "Number", Kind.TEXT),
                                Column.of("person", "Person", Kind.TEXT),
                                Column.of("extension", "Extension", Kind.TEXT),
                                Column.summed("talkSeconds", "Talk", Kind.SECONDS),
                                Column.of("code", "Code", Kind.TEXT),
                                Column.of("client", "Client", Kind.TEXT),
                                Column.of("matter", "Matter", Kind.TEXT),
                                Column.of("state", "State", Kind.TEXT),
                                Column.summed("billedSeconds", "Billed time", Kind.SECONDS),
                                Column.of("quantity", "Quantity", Kind.QUANTITY),
                                Column.of("unit", "Unit", Kind.TEXT),
                                Column.summed("amount", "Amount", Kind.MONEY),
                                Column.of("currency", "Currency", Kind.TEXT))),
                all(last -> calls.list(filter, order, last, Page.MOST), piece -> {
                    Names names = names(piece, CallLine::clientId, CallLine::matterId);
                    return piece.stream()
                            .map(call -> Arrays.<Object>asList(
                                    at(call.startedAt(), zone),
                                    call.direction().name(),
                                    call.party(),
                                    name(people, call.personId()),
                                    call.extension(),
                                    (long) call.talkSeconds(),
                                    call.code(),
                                    names.clients().get(call.clientId()),
                                    matter(names, call.matterId()),
                                    call.state().name(),
                                    whole(call.billedSeconds()),
                                    call.quantity(),
                                    call.unit(),
                                    call.amount(),
                                    call.currency()))
                            .toList();
                }));
    }

    /** Charges, one for each talk, whatever became of it; a professional's own talks. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Table charges(LocalDate from, LocalDate to, UUID client) {
        FirmProfile profile = noted("charges");
        Map<UUID, Person> people = firms.peopleById();
        ZoneId zone = profile.zoneId();
        ChargePieces.Choice choice = ChargePieces.Choice.ofCaller(from, to, client, zone);
        return new Table(
                sheet(
                        "charges",
                        "Charges",
                        profile,
                        from,
                        to,
                        List.of(
                                Column.of("startedAt", "Start", Kind.TIME),
                                Column.of("direction", "Direction", Kind.TEXT),
                                Column.of("number", "Number", Kind.TEXT),
                                Column.of("person", "Person", Kind.TEXT),
                                Column.summed("talkSeconds", "Talk", Kind.SECONDS),
                                Column.of("code", "Code", Kind.TEXT),
                                Column.of("client", "Client", Kind.TEXT),
                                Column.of("matter", "Matter", Kind.TEXT),
                                Column.of("state", "State", Kind.TEXT),
                                Column.of("reason", "Reason", Kind.TEXT),
                                Column.summed("billedSeconds", "Billed time", Kind.SECONDS),
                                Column.of("quantity", "Quantity", Kind.QUANTITY),
                                Column.of("unit", "Unit", Kind.TEXT),
                                Column.of("unitRate", "Rate", Kind.MONEY),
                                Column.summed("amount", "Amount", Kind.MONEY),
                                Column.of("currency", "Currency", Kind.TEXT))),
                all(last -> charges.after(choice, last), piece -> {
                    Names names = names(piece, Charge::clientId, Charge::matterId);
                    return piece.stream()
                            .map(charge -> Arrays.<Object>asList(
                                    at(charge.startedAt(), zone),
                                    charge.outbound() ? "OUT" : "IN",
                                    charge.party(),
                                    name(people, charge.personId()),
                                    (long) charge.talkSeconds(),
                                    charge.code(),
                                    names.clients().get(charge.clientId()),
                                    matter(names, charge.matterId()),
                                    charge.state().name(),
                                    charge.reason(),
                                    whole(charge.billedSeconds()),
                                    charge.quantity(),
                                    charge.unit(),
                                    charge.unitRate(),
                                    charge.amount(),
                                    charge.currency()))
                            .toList();
                }));
    }

    /** Statements and credit notes that a filter finds; a professional's own clients'. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Table statements(StatementList.Filter filter) {
        FirmProfile profile = noted("statements");
        return new Table(
                sheet(
                        "statements",
                        "Statements",
                        profile,
                        filter.within() == null ? null : filter.within().from(),
                        filter.within() == null ? null : filter.within().last(),
                        List.of(
                                Column.of("number", "Number", Kind.TEXT),
                                Column.of("kind", "Kind", Kind.TEXT),
                                Column.of("client", "Client", Kind.TEXT),
                                Column.of("from", "From", Kind.DATE),
                                Column.of("to", "To", Kind.DATE),
                                Column.of("state", "State", Kind.TEXT),
                                Column.of("issuedOn", "Issued", Kind.DATE),
                                Column.of("dueOn", "Due", Kind.DATE),
                                Column.summed("calls", "Calls", Kind.COUNT),
                                Column.summed("talkSeconds", "Talk", Kind.SECONDS),
                                Column.summed("hours", "Hours", Kind.QUANTITY),
                                Column.summed("total", "Total", Kind.MONEY),
                                Column.of("currency", "Currency", Kind.TEXT))),
                all(
                        last -> statements.list(filter, last == null ? null : UUID.fromString(last), Page.MOST),
                        piece -> piece.stream().map(Exports::row).toList()));
    }

    private static List<Object> row(StatementList.Row row) {
        Statement statement = row.statement();
        return Arrays.asList(
                statement.number(),
                statement.kind().name(),
                row.client(),
                statement.period().from(),
                statement.period().last(),
                row.stage().name(),
                statement.issuedOn(),
                statement.dueOn(),
                row.calls(),
                row.talkSeconds(),
                row.hours(),
                row.total(),
                statement.currency());
    }

    private FirmProfile noted(String what) {
        audit.note(what + ".exported", "firm", Tenant.current(), null, null);
        return firms.current().profile();
    }

    private static Sheet sheet(
            String name, String title, FirmProfile profile, LocalDate from, LocalDate to, List<Column> columns) {
        List<String> notes = new ArrayList<>(List.of(profile.name()));
        if (from != null || to != null) {
            notes.add((from == null ? "until" : from + " to") + " " + (to == null ? "today" : to));
        }
        notes.add("Days and times: " + profile.zoneId().getDisplayName(TextStyle.FULL, profile.javaLocale()) + " ("
                + profile.zone() + ")");
        return new Sheet(name, title, notes, profile.javaLocale(), columns, "currency", null);
    }

    /** Names that a piece needs. */
    private record Names(Map<UUID, String> clients, Map<UUID, Matter> matters) {}

    private <T> Names names(List<T> piece, Function<T, UUID> client, Function<T, UUID> matter) {
        return new Names(
                new java.util.HashMap<>(clients.names(ids(piece, client))),
                new java.util.HashMap<>(clients.matters(ids(piece, matter))));
    }

    private static <T> List<UUID> ids(List<T> piece, Function<T, UUID> id) {
        return piece.stream().map(id).filter(Objects::nonNull).distinct().toList();
    }

    private static String matter(Names names, UUID id) {
        Matter matter = names.matters().get(id);
        return matter == null ? null : matter.reference() + " " + matter.name();
    }

    private static String name(Map<UUID, Person> people, UUID id) {
        Person person = id == null ? null : people.get(id);
        return person == null ? null : person.name();
    }

    private static Long whole(Integer number) {
        return number == null ? null : Long.valueOf(number);
    }

    private static ZonedDateTime at(Instant instant, ZoneId zone) {
        return instant == null ? null : instant.atZone(zone);
    }

    private static <T> Rows all(Pieces<T> pieces, Function<List<T>, List<List<Object>>> rows) {
        return sink -> write(pieces, rows, sink);
    }

    private static <T> void write(Pieces<T> pieces, Function<List<T>, List<List<Object>>> rows, Rows.Sink sink)
            throws IOException {
        Page<T> piece = pieces.after(null);
        while (true) {
            for (List<Object> row : rows.apply(piece.items())) {
                sink.row(row);
            }
            if (piece.next() == null) {
                return;
            }
            piece = pieces.after(piece.next());
        }
    }
}
