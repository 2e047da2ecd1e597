package org.rebill.agreement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Membership;
import org.rebill.identity.Memberships;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Page;

/**
 * One client ({@code ?id=}): matters, agreements with their versions, rates, portal users. {@code edit} opens a form:
 * {@code client}, {@code matter} for a new matter, or a matter's key.
 */
@Named
@RequestScoped
public class ClientPage {
    private final Clients clients;
    private final Agreements agreements;
    private final Memberships memberships;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private final Clock clock;
    private final ClientForm form = new ClientForm();
    private int version;
    private String reference;
    private String matterName;
    private Client client;
    private List<Matter> matters;
    private List<Agreements.History> histories;
    private Map<UUID, Person> people;

    @Inject
    ClientPage(
            Clients clients,
            Agreements agreements,
            Memberships memberships,
            Firms firms,
            Address address,
            Act act,
            Texts texts,
            Formats formats,
            Clock clock) {
        this.clients = clients;
        this.agreements = agreements;
        this.memberships = memberships;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
        this.clock = clock;
    }

    /** Fills the form that is open; not in posts, which bring what was typed. */
    public void load() {
        if (isEditingClient()) {
            form.show(client());
            version = client().version();
        }
        matter().ifPresent(matter -> {
            reference = matter.reference();
            matterName = matter.name();
            version = matter.version();
        });
    }

    public Client client() {
        if (client == null) {
            client = clients.get(address.needed("id", "client"));
        }
        return client;
    }

    /** What is known of the client beside its name, in one line. */
    public String line() {
        return Stream.of(
                        texts.of("agreement.client.since", formats.dateOf(client().createdAt())),
                        client().contact(),
                        client().address().replace("\n", ", "),
                        client().email())
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** By reference. */
    public List<Matter> matters() {
        if (matters == null) {
            matters = clients.mattersOf(client().id());
        }
        return matters;
    }

    /** Reference and name of a matter; empty for none. */
    public String matterName(UUID id) {
        return matters().stream()
                .filter(matter -> matter.id().equals(id))
                .findFirst()
                .map(matter -> matter.reference() + " " + matter.name())
                .orElse("");
    }

    /** What this trade calls a matter, as a title. */
    public String matterTitle() {
        String word = firms.current().profile().trade().matterWord();
        return word.substring(0, 1).toUpperCase(Locale.ENGLISH) + word.substring(1);
    }

    /** With their versions, newest first. */
    public List<Agreements.History> agreements() {
        if (histories == null) {
            histories = agreements.list(client().id(), false, null, Page.MOST).items();
        }
        return histories;
    }

    /** Where a version stands now. */
    public AgreementState state(AgreementVersion version) {
        return version.state(clock.instant());
    }

    /** What stands for an agreement as a whole: what is in force, else the newest version's state. */
    public AgreementState state(Agreements.History history) {
        return history.versions().stream()
                .map(this::state)
                .filter(AgreementState.IN_FORCE::equals)
                .findFirst()
                .orElseGet(() -> state(history.versions().get(0)));
    }

    /** A line of the rate card; {@code person} is null for everybody else. */
    public record CardLine(Person person, BigDecimal before, BigDecimal rate) {}

    /** What is in force: the rates of those who have their own, then the general one. */
    public record Card(Agreement agreement, AgreementVersion version, AgreementVersion before, List<CardLine> lines) {}

    /** A card for each agreement that is in force. */
    public List<Card> cards() {
        return agreements().stream().flatMap(history -> card(history).stream()).toList();
    }

    private Optional<Card> card(Agreements.History history) {
        List<AgreementVersion> versions = history.versions();
        return versions.stream()
                .filter(version -> state(version) == AgreementState.IN_FORCE)
                .findFirst()
                .map(version -> {
                    AgreementVersion before = versions.stream()
                            .filter(other -> other.isAccepted() && other.no() < version.no())
                            .findFirst()
                            .orElse(null);
                    return new Card(history.agreement(), version, before, lines(history, version, before));
                });
    }

    private List<CardLine> lines(Agreements.History history, AgreementVersion version, AgreementVersion before) {
        Map<UUID, BigDecimal> now = rates(history, version);
        Map<UUID, BigDecimal> then = before == null ? Map.of() : rates(history, before);
        List<CardLine> lines = new ArrayList<>();
        BigDecimal generalBefore = before == null ? null : before.terms().hourlyRate();
        people().values().stream()
                .filter(person -> now.containsKey(person.id()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(person -> lines.add(new CardLine(
                        person,
                        before == null ? null : then.getOrDefault(person.id(), generalBefore),
                        now.get(person.id()))));
        lines.add(new CardLine(null, generalBefore, version.terms().hourlyRate()));
        return lines;
    }

    private static Map<UUID, BigDecimal> rates(Agreements.History history, AgreementVersion version) {
        return history.rates().stream()
                .filter(rate -> rate.versionId().equals(version.id()))
                .collect(Collectors.toMap(AgreementRate::personId, AgreementRate::hourlyRate));
    }

    private Map<UUID, Person> people() {
        if (people == null) {
            people = firms.peopleById();
        }
        return people;
    }

    /** How many offers wait for the client. */
    public long offers() {
        return agreements().stream()
                .flatMap(history -> history.versions().stream())
                .filter(AgreementVersion::isOpen)
                .count();
    }

    /** Who signs in to the portal for this client. */
    public List<Membership> users() {
        return memberships.ofClient(client().id());
    }

    public boolean isEditingClient() {
        return address.is("edit", "client");
    }

    public boolean isAddingMatter() {
        return address.is("edit", "matter");
    }

    /** A matter's form is open. */
    public boolean isEditingMatter() {
        return matter().isPresent();
    }

    private Optional<Matter> matter() {
        String edit = address.text("edit");
        return matters().stream()
                .filter(matter -> matter.id().toString().equals(edit))
                .findFirst();
    }

    /** Changes the client. */
    public void change() {
        act.perform(() -> {
            Client changed = clients.change(client().id(), version, form.draft());
            return Act.Done.at(here(), texts.of("agreement.client.changed", changed.name()));
        });
    }

    /** Adds the matter, or changes the one whose form is open. */
    public void saveMatter() {
        act.perform(() -> {
            Clients.MatterDraft draft = new Clients.MatterDraft(reference, matterName);
            Optional<Matter> open = matter();
            Matter saved = open.isPresent()
                    ? clients.changeMatter(client().id(), open.get().id(), version, draft)
                    : clients.addMatter(client().id(), draft);
            return Act.Done.at(here(), texts.of("agreement.matter.saved", saved.reference(), saved.name()));
        });
    }

    private String here() {
        return "/app/client.xhtml?id=" + client().id();
    }

    public ClientForm getForm() {
        return form;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(String reference) {
        this.reference = reference;
    }

    public String getMatterName() {
        return matterName;
    }

    public void setMatterName(String matterName) {
        this.matterName = matterName;
    }
}
