package org.rebill.agreement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firm;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;
import org.rebill.rating.RateRule;
import org.rebill.rating.RateRules;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.Terms;

/** The firm's side of agreements: terms are offered, accepted or withdrawn, and never edited. */
@ApplicationScoped
public class Agreements {
    private static final int LONGEST_TRIED = 86_400;
    private static final Pattern NUMBER = Pattern.compile("A-([0-9]{3,6})");

    private final EntityManager entities;
    private final AgreementBook book;
    private final AuditLog audit;
    private final Firms firms;
    private final Event<TermsOffered> offers;

    @Inject
    Agreements(EntityManager entities, AgreementBook book, AuditLog audit, Firms firms, Event<TermsOffered> offers) {
        this.entities = entities;
        this.book = book;
        this.audit = audit;
        this.firms = firms;
        this.offers = offers;
    }

    /**
     * An agreement with all its versions.
     *
     * @param versions newest first
     * @param rates of single persons, of all versions
     */
    public record History(Agreement agreement, List<AgreementVersion> versions, List<AgreementRate> rates) {
        public History {
            versions = List.copyOf(versions);
            rates = List.copyOf(rates);
        }

        /** The version of that number. */
        public AgreementVersion version(int no) {
            return versions.stream()
                    .filter(version -> version.no() == no)
                    .findFirst()
                    .orElseThrow(() -> new Refusal.NotFound("version"));
        }
    }

    /**
     * Makes an agreement and offers its first version.
     *
     * @param matterId null for all calls that no other agreement with the client covers
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AgreementVersion open(UUID clientId, UUID matterId, OfferDraft draft) {
        return open(clientId, matterId, draft, this::nextNumber);
    }

    /**
     * As {@link #open(UUID, UUID, OfferDraft)}; the client is told by mail. Refused when it has no address.
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AgreementVersion openAndTell(UUID clientId, UUID matterId, OfferDraft draft) {
        return tell(open(clientId, matterId, draft, this::nextNumber));
    }

    private AgreementVersion tell(AgreementVersion version) {
        Agreement agreement = book.agreement(version.agreementId());
        Client client = entities.find(Client.class, agreement.clientId());
        if (client.email() == null) {
            throw new Refusal.Invalid(
                    "mail",
                    "mail.no-address",
                    client.name() + " has no e-mail address. Add one on the client's page, or offer without a mail.");
        }
        offers.fire(new TermsOffered(agreement, version, client));
        return version;
    }

    /**
     * Makes an agreement that the firm came with, under the number that it has on paper. New numbers come after it.
     *
     * @param number such as {@code A-031}
     */
    @Allow(Role.OWNER)
    @Transactional
    public AgreementVersion carryOver(String number, UUID clientId, UUID matterId, OfferDraft draft) {
        Matcher form = NUMBER.matcher(number == null ? "" : number);
        if (!form.matches()) {
            throw new Refusal.Invalid(
                    "number", "number.form", "An agreement's number is A- and 3 to 6 digits, such as A-031.");
        }
        boolean taken = entities.createQuery("select a.id from Agreement a where a.number = :number", UUID.class)
                .setParameter("number", number)
                .getResultStream()
                .findAny()
                .isPresent();
        if (taken) {
            throw new Refusal.Conflict("number", "number.taken", "There is an agreement " + number + " already.");
        }
        return open(clientId, matterId, draft, () -> {
            moveSeriesTo(Integer.parseInt(form.group(1)));
            return number;
        });
    }

    private AgreementVersion open(UUID clientId, UUID matterId, OfferDraft draft, Supplier<String> number) {
        Client client = clientId == null ? null : entities.find(Client.class, clientId);
        Problems problems = new Problems();
        if (client == null) {
            problems.add("clientId", "client.unknown", "Choose one of the firm's clients.");
            problems.refuse();
        }
        if (matterId != null && matter(clientId, matterId) == null) {
            String word = firms.current().profile().trade().matterWord();
            problems.add("matterId", "matter.unknown", "Choose one of this client's " + word + "s.");
        }
        OfferCheck check = check(client, draft);
        problems.addAll(check.problems().found());
        problems.refuse();
        Agreement agreement = new Agreement(Ids.next(), number.get(), clientId, matterId);
        entities.persist(agreement);
        return offer(agreement, client, 1, draft, check);
    }

    /** Offers the next version of an agreement. One offer at a time: an open one must be withdrawn first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AgreementVersion offer(UUID agreementId, OfferDraft draft) {
        return next(agreementId, draft);
    }

    /** As {@link #offer(UUID, OfferDraft)}; the client is told by mail. Refused when it has no address. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AgreementVersion offerAndTell(UUID agreementId, OfferDraft draft) {
        return tell(next(agreementId, draft));
    }

    private AgreementVersion next(UUID agreementId, OfferDraft draft) {
        Agreement agreement = book.agreement(agreementId);
        Client client = entities.find(Client.class, agreement.clientId());
        List<AgreementVersion> versions = book.versions(agreementId);
        versions.stream().filter(AgreementVersion::isOpen).findFirst().ifPresent(open -> {
            throw new Refusal.Conflict(
                    "",
                    "agreement.offered",
                    "Version " + open.no() + " of " + agreement.number()
                            + " still waits for the client. Withdraw it before you offer other terms.");
        });
        OfferCheck check = check(client, draft);
        check.problems().refuse();
        return offer(agreement, client, versions.get(0).no() + 1, draft, check);
    }

    private AgreementVersion offer(Agreement agreement, Client client, int no, OfferDraft draft, OfferCheck check) {
        ZoneId zone = book.zone();
        Instant from = AgreementBook.start(draft.validFrom(), zone);
        Instant to = AgreementBook.start(draft.validTo(), zone);
        book.refuseOverlap(agreement, from, to);
        AgreementVersion version = new AgreementVersion(
                Ids.next(),
                agreement,
                no,
                check.terms().orElseThrow(),
                new RateRules(zone.getId(), check.holidays(), check.rules()),
                from,
                to,
                check.note(),
                text(agreement, client, no, draft, check),
                book.now(),
                Caller.current().name());
        entities.persist(version);
        check.rates()
                .forEach(rate -> entities.persist(new AgreementRate(version.id(), rate.personId(), rate.hourlyRate())));
        audit.note(
                "agreement.offered",
                "agreement",
                agreement.id(),
                null,
                Map.of("number", agreement.number(), "version", no, "text", version.text()));
        return version;
    }

    private AgreementText text(Agreement agreement, Client client, int no, OfferDraft draft, OfferCheck check) {
        Firm firm = firms.current();
        Map<UUID, Person> people = firms.peopleById();
        Matter matter = matter(client.id(), agreement.matterId());
        return AgreementText.of(
                new AgreementText.Parties(
                        agreement.number(),
                        no,
                        firm.profile().name(),
                        client.name(),
                        matter == null
                                ? null
                                : firm.profile().trade().matterWord() + " " + matter.reference() + " " + matter.name(),
                        draft.validFrom(),
                        draft.validTo(),
                        firm.profile().zone(),
                        check.note()),
                check.terms().orElseThrow(),
                check.rates().stream()
                        .map(rate -> new AgreementText.NamedRate(
                                people.get(rate.personId()).name(), rate.hourlyRate()))
                        .toList(),
                AgreementText.rules(check.rules(), people),
                check.holidays());
    }

    private Matter matter(UUID clientId, UUID matterId) {
        Matter matter = matterId == null ? null : entities.find(Matter.class, matterId);
        return matter == null || !matter.clientId().equals(clientId) ? null : matter;
    }

    private OfferCheck check(Client client, OfferDraft draft) {
        return OfferCheck.of(draft, client.currency(), firms.peopleById().keySet());
    }

    /** Serializes those who make agreements in the firm at the same moment: each gets the next number. */
    private String nextNumber() {
        Number next = (Number) entities.createNativeQuery("""
                        insert into agreement_series (firm_id, last_number) values (:firm, 1)
                        on conflict (firm_id) do update set last_number = agreement_series.last_number + 1
                        returning last_number""", Integer.class)
                .setParameter("firm", Tenant.current())
                .getSingleResult();
        return String.format(Locale.ROOT, "A-%03d", next.intValue());
    }

    private void moveSeriesTo(int number) {
        entities.createNativeQuery("""
                        insert into agreement_series (firm_id, last_number) values (:firm, :number)
                        on conflict (firm_id) do update
                        set last_number = greatest(agreement_series.last_number, excluded.last_number)""")
                .setParameter("firm", Tenant.current())
                .setParameter("number", number)
                .executeUpdate();
    }

    /**
     * Notes that the client accepted outside of the portal. Refused in the future, and after the terms' last day.
     *
     * @param acceptance SIGNED, or STATED with a reason
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AgreementVersion accept(UUID agreementId, int no, Acceptance acceptance) {
        AgreementVersion version = get(agreementId).version(no);
        book.accept(version, checked(acceptance));
        return version;
    }

    private static Acceptance checked(Acceptance acceptance) {
        Problems problems = new Problems();
        Acceptance.How how = acceptance.how();
        if (how != Acceptance.How.SIGNED && how != Acceptance.How.STATED) {
            problems.add(
                    "how",
                    "how.kind",
                    "Say how it was accepted: SIGNED on paper, or STATED by you with a reason. In the portal only the "
                            + "client's own user accepts.");
        }
        String by = problems.line("acceptedBy", acceptance.by(), 100, "Name who accepted for the client.");
        if (acceptance.at() == null) {
            problems.add("acceptedAt", "accepted.missing", "Give the day and time of the acceptance.");
        }
        String reason = problems.optionalLines("reason", acceptance.reason(), 10, 500);
        if (how == Acceptance.How.STATED && reason == null) {
            problems.add(
                    "reason", "reason.missing", "Write down what makes you state it, such as an e-mail of that day.");
        }
        problems.refuse();
        return new Acceptance(how, acceptance.at().truncatedTo(ChronoUnit.MICROS), by, null, reason);
    }

    /**
     * What a call would cost under a version, whether it is in force or not.
     *
     * @param terms with the rate that applies and the name of the rule or person that it is for
     */
    public record Tried(Terms terms, Rated rated) {}

    /**
     * Prices any call under a version: which rate applies, and what it comes to.
     *
     * @param personId who talks, or null for nobody in particular
     * @param activity {@link RateRule#CALL} or a manual entry's
     * @param at when it is answered
     * @param talkSeconds 0 to a day
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Tried price(UUID agreementId, int no, UUID personId, String activity, Instant at, int talkSeconds) {
        Problems problems = new Problems();
        Map<UUID, Person> people = firms.peopleById();
        if (personId != null && !people.containsKey(personId)) {
            problems.add("person", "person.unknown", "Choose one of the firm's people.");
        }
        if (talkSeconds < 0 || talkSeconds > LONGEST_TRIED) {
            problems.add("seconds", "talk.range", "A call to try takes 0 to 86,400 seconds.");
        }
        problems.refuse();
        History history = get(agreementId);
        Terms terms = AcceptedTerms.rate(history.version(no), history.rates(), people, personId, activity, at);
        return new Tried(terms, Rating.rate(talkSeconds, terms));
    }

    /**
     * Terms as they would be offered to a client, to price calls by before anything is offered. Refused as an offer
     * would be; days may be left out.
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Proposal propose(UUID clientId, OfferDraft draft) {
        Client client = clientId == null ? null : entities.find(Client.class, clientId);
        if (client == null) {
            throw new Refusal.Invalid("clientId", "client.unknown", "Choose one of the firm's clients.");
        }
        Map<UUID, Person> people = firms.peopleById();
        OfferCheck check = OfferCheck.of(draft, client.currency(), people.keySet());
        Problems problems = new Problems();
        problems.addAll(check.problems().found().stream()
                .filter(problem -> !problem.field().equals("validFrom"))
                .toList());
        problems.refuse();
        return new Proposal(
                check.terms().orElseThrow(),
                new RateRules(book.zone().getId(), check.holidays(), check.rules()),
                check.rates().stream()
                        .collect(Collectors.toMap(OfferDraft.PersonRate::personId, OfferDraft.PersonRate::hourlyRate)),
                people);
    }

    /** Takes an offer back that was not accepted. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AgreementVersion withdraw(UUID agreementId, int no) {
        History history = get(agreementId);
        AgreementVersion version = history.version(no);
        version.withdraw(book.now());
        audit.note(
                "agreement.withdrawn",
                "agreement",
                agreementId,
                null,
                Map.of("number", history.agreement().number(), "version", no));
        return version;
    }

    /** One of them with its versions; to a professional, those of others' clients sound like missing ones. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public History get(UUID agreementId) {
        ClientScope scope = ClientScope.ofCaller();
        Agreement agreement = scope.bind(entities.createQuery(
                                "from Agreement a where a.id = :id and " + scope.condition("a.clientId"),
                                Agreement.class)
                        .setParameter("id", agreementId))
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound("agreement"));
        List<AgreementVersion> versions = book.versions(agreementId);
        return new History(agreement, versions, book.rates(versions));
    }

    /**
     * By number; of a professional's own clients only.
     *
     * @param clientId only this client's, or null
     * @param open only those with an offer that waits
     * @param after the last agreement of the piece before, or null
     * @param limit 1 to 500
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Page<History> list(UUID clientId, boolean open, UUID after, int limit) {
        ClientScope scope = ClientScope.ofCaller();
        StringBuilder query = new StringBuilder("from Agreement a where ").append(scope.condition("a.clientId"));
        if (clientId != null) {
            query.append(" and a.clientId = :client");
        }
        if (open) {
            query.append(" and exists (select 1 from AgreementVersion v where v.agreementId = a.id"
                    + " and v.acceptedAt is null and v.withdrawnAt is null)");
        }
        if (after != null) {
            query.append(" and (length(a.number), a.number) > (:length, :number)");
        }
        TypedQuery<Agreement> rows =
                scope.bind(entities.createQuery(query + " order by length(a.number), a.number", Agreement.class));
        if (clientId != null) {
            rows.setParameter("client", clientId);
        }
        if (after != null) {
            String number = get(after).agreement().number();
            rows.setParameter("length", number.length()).setParameter("number", number);
        }
        Page<Agreement> page = Page.of(rows.setMaxResults(limit + 1).getResultList(), limit, row -> row.id()
                .toString());
        return new Page<>(histories(page.items()), page.next());
    }

    private List<History> histories(List<Agreement> agreements) {
        if (agreements.isEmpty()) {
            return List.of();
        }
        List<AgreementVersion> versions = entities.createQuery(
                        "from AgreementVersion v where v.agreementId in (:agreements) order by v.no desc",
                        AgreementVersion.class)
                .setParameter(
                        "agreements", agreements.stream().map(Agreement::id).toList())
                .getResultList();
        Map<UUID, List<AgreementVersion>> byAgreement =
                versions.stream().collect(Collectors.groupingBy(AgreementVersion::agreementId));
        Map<UUID, List<AgreementRate>> byVersion =
                book.rates(versions).stream().collect(Collectors.groupingBy(AgreementRate::versionId));
        return agreements.stream()
                .map(agreement -> {
                    List<AgreementVersion> own = byAgreement.get(agreement.id());
                    return new History(
                            agreement,
                            own,
                            own.stream()
                                    .flatMap(version -> byVersion.getOrDefault(version.id(), List.of()).stream())
                                    .toList());
                })
                .toList();
    }

    /**
     * What a price names as its ground.
     *
     * @param number the agreement's
     * @param version the version's number in it
     */
    @SuppressWarnings("ArrayRecordComponent") // shown, never compared
    public record Reference(
            UUID agreementId, String number, int version, Instant acceptedAt, String acceptedBy, byte[] textSha256) {}

    /** Accepted versions by key, as prices name them. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Map<UUID, Reference> references(Collection<UUID> versionIds) {
        if (versionIds.isEmpty()) {
            return Map.of();
        }
        List<AgreementVersion> versions = entities.createQuery(
                        "from AgreementVersion where id in (:ids) and acceptedAt is not null", AgreementVersion.class)
                .setParameter("ids", versionIds)
                .getResultList();
        Map<UUID, Agreement> agreements = entities.createQuery("from Agreement where id in (:ids)", Agreement.class)
                .setParameter(
                        "ids",
                        versions.stream().map(AgreementVersion::agreementId).collect(Collectors.toSet()))
                .getResultStream()
                .collect(Collectors.toMap(Agreement::id, Function.identity()));
        return versions.stream()
                .collect(Collectors.toMap(
                        AgreementVersion::id,
                        version -> new Reference(
                                version.agreementId(),
                                agreements.get(version.agreementId()).number(),
                                version.no(),
                                version.acceptance().at(),
                                version.acceptance().by(),
                                version.textSha256())));
    }

    /** How many offers wait for each of these clients; clients without one are left out. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Map<UUID, Integer> openOffers(Collection<UUID> clientIds) {
        if (clientIds.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery(
                        "select v.clientId, count(v) from AgreementVersion v where v.clientId in (:clients)"
                                + " and v.acceptedAt is null and v.withdrawnAt is null group by v.clientId",
                        Object[].class)
                .setParameter("clients", clientIds)
                .getResultStream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> Math.toIntExact((Long) row[1])));
    }

    /** All accepted terms of the firm as they stand in this transaction: two queries, then no more. */
    @Transactional
    public AgreementIndex index() {
        return new AcceptedTerms(
                entities.createQuery("from AgreementVersion v where v.acceptedAt is not null", AgreementVersion.class)
                        .getResultList(),
                entities.createQuery(
                                "from AgreementRate r where r.versionId in"
                                        + " (select v.id from AgreementVersion v where v.acceptedAt is not null)",
                                AgreementRate.class)
                        .getResultList(),
                firms.peopleById());
    }

    /** As {@link #index()}, for some clients only. */
    @Transactional
    public AgreementIndex index(Set<UUID> clientIds) {
        List<AgreementVersion> accepted = clientIds.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "from AgreementVersion v where v.acceptedAt is not null and v.clientId in (:clients)",
                                AgreementVersion.class)
                        .setParameter("clients", clientIds)
                        .getResultList();
        return new AcceptedTerms(accepted, book.rates(accepted), firms.peopleById());
    }
}
