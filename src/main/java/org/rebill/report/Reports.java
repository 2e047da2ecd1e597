package org.rebill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditLog;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** Runs reports: over all talks of the firm, or a professional's own. */
@ApplicationScoped
public class Reports {
    private final EntityManager entities;
    private final Firms firms;
    private final Clients clients;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    Reports(EntityManager entities, Firms firms, Clients clients, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.firms = firms;
        this.clients = clients;
        this.audit = audit;
        this.clock = clock;
    }

    /** Runs a report. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Report run(Preset preset, ReportFilter asked) {
        return made(preset, asked);
    }

    /** Runs a report that is taken as a file; that is noted. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Report take(Preset preset, ReportFilter asked) {
        audit.note("reports.exported", "firm", Tenant.current(), null, Map.of("name", preset.key()));
        return made(preset, asked);
    }

    private Report made(Preset preset, ReportFilter asked) {
        FirmProfile profile = firms.current().profile();
        ReportFilter filter = checked(asked, profile);
        ReportQueries.Scope scope = scope(filter, profile);
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            Tabulation tabulation = new Tabulation(preset, filter, profile, people(), clients::names);
            return tabulate(preset, connection, Tenant.current(), scope, YearMonth.from(filter.to()), tabulation);
        });
    }

    private Map<UUID, String> people() {
        Map<UUID, String> people = new HashMap<>();
        for (Person person : firms.people()) {
            people.put(person.id(), person.name());
        }
        return people;
    }

    /** The report of what its query finds. */
    static Report tabulate(
            Preset preset,
            Connection connection,
            UUID firm,
            ReportQueries.Scope scope,
            YearMonth last,
            Tabulation tabulation)
            throws SQLException {
        ReportQueries queries = new ReportQueries(connection, firm, scope);
        return switch (preset) {
            case CLIENTS -> tabulation.clients(queries.clients());
            case CODES -> tabulation.codes(queries.codes());
            case PEOPLE -> tabulation.people(queries.people());
            case DAYS -> tabulation.days(queries.days());
            case HOURS -> tabulation.hours(queries.hours());
            case DIRECTIONS -> tabulation.directions(queries.directions());
            case CODED -> tabulation.coded(queries.coded());
            case MONEY -> tabulation.money(queries.money(tabulation.ownDigits()));
            case NUMBERS -> tabulation.numbers(queries.numbers(Tabulation.NUMBERS));
            case REALISATION -> tabulation.realisation(queries.parts(true));
            case AGREEMENTS -> tabulation.agreements(queries.parts(false));
            case TREND -> tabulation.trend(last, new ReportQueries(connection, firm, scope.twoYears(last)).months());
        };
    }

    private ReportFilter checked(ReportFilter asked, FirmProfile profile) {
        LocalDate today = LocalDate.now(clock.withZone(profile.zoneId()));
        LocalDate to = asked.to() == null ? today : asked.to();
        LocalDate from = asked.from() == null ? to.withDayOfYear(1) : asked.from();
        if (to.isBefore(from)) {
            throw new Refusal.Invalid("to", "period.order", "The last day is before the first. Turn them round.");
        }
        return new ReportFilter(
                from,
                to,
                asked.clientId(),
                asked.personId(),
                asked.sourceId(),
                asked.currency() == null || asked.currency().isBlank()
                        ? profile.currency()
                        : currency(asked.currency()));
    }

    private static String currency(String code) {
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new Refusal.Invalid(
                    "currency", "currency.unknown", "There is no currency '" + code + "'. Use a code such as USD.");
        }
    }

    private static ReportQueries.Scope scope(ReportFilter filter, FirmProfile profile) {
        Caller caller = Caller.current();
        if (!caller.seesAllCalls() && caller.personId() == null) {
            throw new Refusal.Forbidden("Nobody of the firm is named for you: ask the owner to do so.");
        }
        ZoneId zone = profile.zoneId();
        return new ReportQueries.Scope(
                filter.from().atStartOfDay(zone).toInstant(),
                filter.to().plusDays(1).atStartOfDay(zone).toInstant(),
                filter.clientId(),
                filter.personId(),
                caller.seesAllCalls() ? null : caller.personId(),
                filter.sourceId(),
                profile.zone(),
                filter.currency());
    }
}
