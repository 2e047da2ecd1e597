package org.rebill.agreement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.firm.Trade;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.rating.Problem;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.Terms;
import org.rebill.rating.Wording;

/**
 * Offers terms: a new agreement with a client ({@code ?client=}) or the next version of one ({@code ?agreement=}). While
 * it is filled in, the price of two calls is told (the same bean on {@code example.xhtml}, from the query).
 */
@Named
@RequestScoped
public class OfferPage {
    private static final int TENTH_OF_HOUR = 360;
    private static final int QUARTER_OF_HOUR = 900;
    private static final int[] EXAMPLES = {300, 720};

    private final Clients clients;
    private final Agreements agreements;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private OfferForm form;
    private Agreements.History history;
    private Client client;
    private OfferCheck checked;

    @Inject
    OfferPage(
            Clients clients,
            Agreements agreements,
            Firms firms,
            Address address,
            Act act,
            Texts texts,
            Formats formats) {
        this.clients = clients;
        this.agreements = agreements;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
    }

    /** Begins with the last terms, else with the trade's usual steps; not in posts, which bring what was typed. */
    public void load() {
        if (!Caller.current().hasAny(Role.OWNER, Role.CLERK)) {
            throw new Refusal.Forbidden("Only an owner or a clerk offers terms.");
        }
        Optional<AgreementVersion> last =
                history().map(known -> known.versions().get(0));
        getForm().preset(usualStep(), formats.today());
        last.ifPresent(version -> getForm().show(version.terms(), version.rules(), rates(version), version.note()));
        address.id("matter").ifPresent(matter -> getForm().setMatter(matter.toString()));
    }

    /** Takes the terms from the query: for the prices that are told while the form is filled in. */
    public void read() {
        getForm().read(address::text);
    }

    private int usualStep() {
        return firms.current().profile().trade() == Trade.ARCHITECTURE ? QUARTER_OF_HOUR : TENTH_OF_HOUR;
    }

    private Map<UUID, BigDecimal> rates(AgreementVersion version) {
        return history().orElseThrow().rates().stream()
                .filter(rate -> rate.versionId().equals(version.id()))
                .collect(Collectors.toMap(AgreementRate::personId, AgreementRate::hourlyRate));
    }

    private Optional<Agreements.History> history() {
        if (history == null) {
            history = address.id("agreement").map(agreements::get).orElse(null);
        }
        return Optional.ofNullable(history);
    }

    /** The agreement of which this will be a new version; null for a new agreement. */
    public Agreement agreement() {
        return history().map(Agreements.History::agreement).orElse(null);
    }

    /** Number of the version that this will be. */
    public int no() {
        return history().map(known -> known.versions().get(0).no() + 1).orElse(1);
    }

    public Client client() {
        if (client == null) {
            client = clients.get(
                    agreement() == null
                            ? address.needed("client", "client")
                            : agreement().clientId());
        }
        return client;
    }

    /** For a new agreement: what it may be for. */
    public List<Matter> matters() {
        return clients.mattersOf(client().id());
    }

    /** What the agreement is for; empty for all calls. */
    public String matterName() {
        UUID id = agreement() == null ? null : agreement().matterId();
        return id == null
                ? ""
                : clients.knownMatter(client().id(), id)
                        .map(matter -> matter.reference() + " " + matter.name())
                        .orElse("");
    }

    /** What this trade calls a matter. */
    public String matterWord() {
        return firms.current().profile().trade().matterWord();
    }

    public OfferForm getForm() {
        if (form == null) {
            form = new OfferForm(firms.people());
        }
        return form;
    }

    /**
     * What a call would cost, told in steps.
     *
     * @param seconds talk time
     */
    public record Told(int seconds, String quantity, String rate, String amount, List<String> steps) {}

    /** Two calls under the terms as they are typed; empty while these can't be rated. */
    public List<Told> examples() {
        return check().terms().map(this::examples).orElse(List.of());
    }

    private List<Told> examples(Terms terms) {
        Currency currency = terms.currency();
        Wording wording = Wording.of(firms.current().profile().javaLocale());
        return Arrays.stream(EXAMPLES)
                .mapToObj(seconds -> {
                    Rated rated = Rating.rate(seconds, terms);
                    return new Told(
                            seconds,
                            formats.quantity(rated.quantity(), rated.unit().name()),
                            formats.rate(rated.unitRate(), currency.getCurrencyCode()),
                            formats.money(rated.amount(), currency.getCurrencyCode()),
                            wording.tell(rated, currency));
                })
                .toList();
    }

    /** What deserves a second look about the terms as they are typed. */
    public List<Problem> cautions() {
        return check().cautions();
    }

    /** What must be mended before a price can be told. */
    public List<String> missing() {
        return check().problems().found().stream()
                .filter(problem -> problem.field().startsWith("terms."))
                .map(Refusal.Problem::text)
                .toList();
    }

    private OfferCheck check() {
        if (checked == null) {
            checked = check(new Problems());
        }
        return checked;
    }

    /** Everything that is wrong: first with how it is typed, then with what it says. */
    private OfferCheck check(Problems problems) {
        FirmProfile firm = firms.current().profile();
        OfferDraft draft = draft(problems, firm);
        Set<UUID> people = firms.people().stream().map(Person::id).collect(Collectors.toSet());
        OfferCheck check = OfferCheck.of(draft, client().currency(), people);
        check.problems().found().stream()
                .filter(problem -> !problems.at(problem.field()))
                .forEach(problem -> problems.addAll(List.of(problem)));
        return new OfferCheck(check.terms(), check.rates(), check.rules(), check.holidays(), check.note(), problems);
    }

    private OfferDraft draft(Problems problems, FirmProfile firm) {
        return getForm().draft(new Typed(problems, firm.javaLocale(), firm.zoneId()), problems);
    }

    /** Offers the terms. */
    public void offer() {
        act.perform(() -> {
            Problems problems = new Problems();
            check(problems);
            problems.refuse();
            OfferDraft draft = draft(new Problems(), firms.current().profile());
            boolean tell = getForm().isMail() && client().email() != null;
            AgreementVersion version = offer(draft, tell);
            return Act.Done.at(
                    "/app/agreement.xhtml?id=" + version.agreementId(),
                    tell
                            ? texts.of("agreement.offered.told", version.no(), client().name(), client().email())
                            : texts.of("agreement.offered", version.no(), client().name()));
        });
    }

    private AgreementVersion offer(OfferDraft draft, boolean tell) {
        if (agreement() == null) {
            UUID matter = getForm().matterId();
            return tell
                    ? agreements.openAndTell(client().id(), matter, draft)
                    : agreements.open(client().id(), matter, draft);
        }
        return tell
                ? agreements.offerAndTell(agreement().id(), draft)
                : agreements.offer(agreement().id(), draft);
    }

    /** Terms beyond the usual ones are given or refused, so that their fields must be seen. */
    public boolean isSpecial() {
        OfferForm shown = getForm();
        return !(shown.getGrace() + shown.getInitial() + shown.getMaximum()).isBlank()
                || !shown.getQuantity().equals("HOURS_2")
                || !shown.getMoney().equals("HALF_UP")
                || act.wrong("terms.quantity");
    }

    /** The firm's people, for rules. */
    public List<Person> people() {
        return firms.people();
    }

    /** What is wrong with a rule, or an empty text. */
    public String wrongRule(RuleField field) {
        if (field.blank()) {
            return "";
        }
        long no = getForm().rules().stream()
                .takeWhile(other -> !Objects.equals(other, field))
                .filter(other -> !other.blank())
                .count();
        String at = "rules[" + no + "].";
        return act.problems().stream()
                .filter(problem -> problem.field().startsWith(at))
                .map(Refusal.Problem::text)
                .collect(Collectors.joining(" "));
    }

    /** Whether a person's rate was refused. */
    public boolean wrong(OfferForm.PersonField field) {
        return !problem(field).isEmpty();
    }

    /** What is wrong with a person's rate, or an empty text. */
    public String problem(OfferForm.PersonField field) {
        long before = getForm().people().stream()
                .takeWhile(other -> !Objects.equals(other, field))
                .filter(other -> !other.getRate().isBlank())
                .count();
        return field.getRate().isBlank() ? "" : act.problem("rates[" + before + "].hourlyRate");
    }
}
