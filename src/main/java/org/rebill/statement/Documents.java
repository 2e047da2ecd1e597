package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.agreement.Acceptance;
import org.rebill.agreement.Agreement;
import org.rebill.agreement.AgreementVersion;
import org.rebill.agreement.Client;
import org.rebill.agreement.Matter;
import org.rebill.firm.Firm;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.ledger.Charge;
import org.rebill.ledger.SourceRecords;
import org.rebill.platform.PhoneNumbers;

/** Gathers all that is printed on a statement, as it stands now. */
@ApplicationScoped
class Documents {
    private final EntityManager entities;
    private final Firms firms;
    private final SourceRecords records;
    private final BillingTerms billing;

    @Inject
    Documents(EntityManager entities, Firms firms, SourceRecords records, BillingTerms billing) {
        this.entities = entities;
        this.firms = firms;
        this.records = records;
        this.billing = billing;
    }

    /** The document of a draft, without number and dates. */
    @Transactional(Transactional.TxType.MANDATORY)
    StatementDocument compose(Statement statement, List<Charge> charges) {
        Firm firm = firms.current();
        FirmProfile profile = firm.profile();
        Client client = entities.find(Client.class, statement.clientId());
        Map<UUID, Matter> matters =
                byId("from Matter where id in (:ids)", Matter.class, ids(charges, Charge::matterId), Matter::id);
        Map<UUID, Person> people = firms.peopleById();
        BillingTerms.Terms terms = billing.today();
        BillingRules.Grouping grouping = terms.grouping(client.id());
        List<Composition.Entry> entries = charges.stream()
                .map(charge -> new Composition.Entry(
                        line(charge, people, profile.country()),
                        heading(charge, matters, people, grouping, profile.zoneId()),
                        charge.code()))
                .toList();
        int minorDigits = Math.max(Currency.getInstance(statement.currency()).getDefaultFractionDigits(), 0);
        Composition composition = Composition.of(entries, minorDigits, records.hashes(ids(charges, Charge::callId)));
        StatementDocument.Sums sums = terms.sums(client.id(), lineAmounts(composition), minorDigits);
        return new StatementDocument(
                new StatementDocument.Firm(
                        profile.name(),
                        profile.tagline(),
                        profile.address(),
                        profile.phone(),
                        profile.email(),
                        profile.taxId(),
                        profile.brandColour(),
                        firm.logo() == null ? null : Base64.getEncoder().encodeToString(firm.logo())),
                new StatementDocument.Client(client.name(), client.contact(), client.address()),
                null,
                statement.period().from(),
                statement.period().last(),
                null,
                null,
                terms.locale(client.id(), profile.locale()),
                profile.zone(),
                profile.paper(),
                statement.currency(),
                profile.trade().matterWord(),
                agreements(charges, profile.zoneId()),
                composition.matters(),
                sums == null ? composition.total() : Totals.total(sums),
                Objects.requireNonNullElse(profile.payment(), ""),
                composition.evidence(),
                null,
                sums,
                grouping == BillingRules.Grouping.MATTER ? null : grouping.name(),
                terms.summaryOnly(client.id()) ? true : null,
                terms.rules().printBalance() ? earlier(statement) : null,
                terms.annex(client.id()) ? Annex.of(charges, records.excerpts(ids(charges, Charge::callId))) : null);
    }

    private static List<BigDecimal> lineAmounts(Composition composition) {
        return composition.matters().stream()
                .flatMap(matter -> matter.lines().stream())
                .map(StatementDocument.Line::amount)
                .toList();
    }

    /** What the client still owed of other statements in the same currency, oldest first. */
    private List<StatementDocument.Earlier> earlier(Statement statement) {
        return entities.createQuery(
                        "select s.number, l.dueOn, l.openNow from StatementLife l join Statement s "
                                + "on s.id = l.statementId where l.clientId = :client and l.currency = :currency "
                                + "and l.openNow > 0 and l.statementId <> :own order by l.issuedOn, s.number",
                        Object[].class)
                .setParameter("client", statement.clientId())
                .setParameter("currency", statement.currency())
                .setParameter("own", statement.id())
                .getResultStream()
                .map(row -> new StatementDocument.Earlier((String) row[0], (LocalDate) row[1], (BigDecimal) row[2]))
                .toList();
    }

    /** What a charge's line stands under; an empty heading stands for the client as a whole. */
    private static Composition.Heading heading(
            Charge charge,
            Map<UUID, Matter> matters,
            Map<UUID, Person> people,
            BillingRules.Grouping grouping,
            ZoneId zone) {
        return switch (grouping) {
            case MATTER -> heading(matters.get(charge.matterId()));
            case DAY ->
                new Composition.Heading(
                        charge.answeredAt().atZone(zone).toLocalDate().toString(), "");
            case PERSON -> new Composition.Heading("", person(charge, people));
            case CODE -> new Composition.Heading(charge.code(), "");
        };
    }

    private static Composition.Heading heading(Matter matter) {
        return matter == null
                ? new Composition.Heading("", "")
                : new Composition.Heading(matter.reference(), matter.name());
    }

    private static String person(Charge charge, Map<UUID, Person> people) {
        Person person = people.get(charge.personId());
        return person == null ? "Extension " + charge.extension() : person.name();
    }

    private static StatementDocument.Line line(Charge charge, Map<UUID, Person> people, String country) {
        return new StatementDocument.Line(
                charge.callId(),
                charge.no(),
                charge.answeredAt(),
                charge.outbound(),
                PhoneNumbers.write(charge.party(), country),
                person(charge, people),
                charge.talkSeconds(),
                charge.billedSeconds(),
                charge.quantity(),
                charge.unit(),
                charge.unitRate(),
                charge.amount());
    }

    private List<StatementDocument.Agreement> agreements(List<Charge> charges, ZoneId zone) {
        Map<UUID, AgreementVersion> versions = byId(
                "from AgreementVersion where id in (:ids)",
                AgreementVersion.class,
                ids(charges, Charge::agreementVersionId),
                AgreementVersion::id);
        Map<UUID, Agreement> agreements = byId(
                "from Agreement where id in (:ids)",
                Agreement.class,
                ids(versions.values(), AgreementVersion::agreementId),
                Agreement::id);
        return versions.values().stream()
                .map(version -> agreement(agreements.get(version.agreementId()).number(), version, zone))
                .sorted(Comparator.comparing(StatementDocument.Agreement::number)
                        .thenComparing(StatementDocument.Agreement::version))
                .toList();
    }

    private static StatementDocument.Agreement agreement(String number, AgreementVersion version, ZoneId zone) {
        Acceptance acceptance = version.acceptance();
        return new StatementDocument.Agreement(
                number,
                version.no(),
                acceptance.by(),
                acceptance.at().atZone(zone).toLocalDate(),
                acceptance.how().name(),
                TermsInShort.of(version.terms()));
    }

    private static <T> List<UUID> ids(Collection<T> rows, Function<T, UUID> id) {
        return rows.stream().map(id).filter(Objects::nonNull).distinct().toList();
    }

    private <T> Map<UUID, T> byId(String query, Class<T> type, List<UUID> ids, Function<T, UUID> id) {
        if (ids.isEmpty()) {
            // Not Map.of(), which refuses to be asked for null.
            return new HashMap<>();
        }
        return entities.createQuery(query, type)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(id, Function.identity()));
    }
}
