package org.rebill.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;

/** Prices calls anew: asks for a difference, shows those asked for, and one of them ({@code ?id=}) to be applied. */
@Named
@RequestScoped
public class ReratingsPage {
    private static final int MOST_CLIENTS = 500;
    private static final int ROWS = 100;

    private final Reratings reratings;
    private final Clients clients;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private String from;
    private String to;
    private String client = "";
    private String matter = "";
    private String person = "";
    private Reratings.Result result;
    private Page<ReratingItem> items;
    private Map<UUID, String> names;
    private Map<UUID, Person> people;

    @Inject
    ReratingsPage(
            Reratings reratings, Clients clients, Firms firms, Address address, Act act, Texts texts, Formats formats) {
        this.reratings = reratings;
        this.clients = clients;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
    }

    /** Begins with the month before this one, of the client that the address names; not in posts. */
    public void load() {
        YearMonth last = YearMonth.from(formats.today()).minusMonths(1);
        from = last.atDay(1).toString();
        to = last.atEndOfMonth().toString();
        client = address.id("client").map(UUID::toString).orElse("");
    }

    /** One of them is looked at. */
    public boolean isOpen() {
        return address.id("id").isPresent();
    }

    /** Those asked for, newest first. */
    public List<Rerating> newest() {
        return reratings.newest();
    }

    /** The firm's clients to choose from. */
    public List<Client> clients() {
        return clients.list("", null, MOST_CLIENTS).items();
    }

    /** The matters of all those clients to choose from. */
    public List<MatterChoice> matters() {
        List<Client> all = clients();
        Map<UUID, List<Matter>> byClient =
                clients.mattersOf(all.stream().map(Client::id).toList());
        return all.stream()
                .flatMap(one -> byClient.getOrDefault(one.id(), List.of()).stream()
                        .map(matter -> new MatterChoice(
                                one.id() + "/" + matter.id(),
                                one.name() + ": " + matter.reference() + " " + matter.name())))
                .toList();
    }

    /**
     * A matter to choose.
     *
     * @param value its client's key and its own
     */
    public record MatterChoice(String value, String label) {}

    /** The firm's people, by name. */
    public List<Person> people() {
        return firms.people();
    }

    /** The one that is looked at. */
    public Reratings.Result result() {
        if (result == null) {
            result = reratings.get(address.needed("id", "re-rating"));
        }
        return result;
    }

    /** What can be applied, by client and currency. */
    public List<Reratings.Sum> open() {
        return result().sums().stream().filter(sum -> sum.statementId() == null).toList();
    }

    /** Proposed credit notes, by issued statement. */
    public List<Reratings.Sum> credits() {
        return result().sums().stream().filter(sum -> sum.statementId() != null).toList();
    }

    /** All differences that can be applied, in each currency. */
    public String total() {
        Map<String, BigDecimal> sums = open().stream()
                .collect(Collectors.toMap(
                        Reratings.Sum::currency, Reratings.Sum::difference, BigDecimal::add, TreeMap::new));
        return sums.isEmpty()
                ? "–"
                : sums.entrySet().stream()
                        .map(sum -> signed(sum.getValue(), sum.getKey()))
                        .collect(Collectors.joining("\u00a0· "));
    }

    /** Money with its sign, a plus too. */
    public String signed(BigDecimal amount, String currency) {
        if (amount == null || currency == null) {
            return "–";
        }
        return (amount.signum() > 0 ? "+" : "") + formats.money(amount, currency);
    }

    /** A side's amount; why there is none, where there is none. */
    public String money(ReratingItem.Side side) {
        if (side == null) {
            return "–";
        }
        return side.amount() == null
                ? texts.get(
                        "ledger.side." + (side.reason().isEmpty() ? side.state().name() : side.reason()))
                : formats.money(side.amount(), side.currency());
    }

    /** The difference of a call's charge. */
    public String difference(ReratingItem item) {
        return signed(
                item.difference(),
                Stream.of(item.after(), item.before())
                        .filter(Objects::nonNull)
                        .map(ReratingItem.Side::currency)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** The calls with a difference, oldest first. */
    public Page<ReratingItem> items() {
        if (items == null) {
            items = reratings.items(
                    result().rerating().id(),
                    address.text("issued").isEmpty() ? null : Boolean.valueOf(address.text("issued")),
                    address.id("client").orElse(null),
                    address.text("after"),
                    ROWS);
        }
        return items;
    }

    /** A client's name. */
    public String clientName(UUID id) {
        if (names == null) {
            List<UUID> ids = new ArrayList<>();
            result().sums().forEach(sum -> ids.add(sum.clientId()));
            names = clients.names(
                    ids.stream().filter(Objects::nonNull).distinct().toList());
        }
        return id == null ? "–" : names.getOrDefault(id, "–");
    }

    /** Whose charge that is, before and after where it moves. */
    public String clientsOf(ReratingItem item) {
        UUID before = item.before() == null ? null : item.before().clientId();
        UUID after = item.after() == null ? null : item.after().clientId();
        if (before == null || after == null || before.equals(after)) {
            return clientName(after == null ? before : after);
        }
        return clientName(before) + " → " + clientName(after);
    }

    /** A person's name. */
    public String personName(UUID id) {
        if (people == null) {
            people = firms.peopleById();
        }
        Person found = id == null ? null : people.get(id);
        return found == null ? "–" : found.name();
    }

    /** Which calls it is about, in words. */
    public String scope(Rerating rerating) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (rerating.clientId() != null) {
            parts.put("client", clients.get(rerating.clientId()).name());
        }
        if (rerating.matterId() != null) {
            parts.put(
                    "matter",
                    clients.matter(rerating.clientId(), rerating.matterId()).name());
        }
        if (rerating.personId() != null) {
            parts.put("person", personName(rerating.personId()));
        }
        return parts.isEmpty() ? texts.get("ledger.scope.all") : String.join(" · ", parts.values());
    }

    /** Asks for the difference. */
    public void ask() {
        act.perform(() -> {
            FirmProfile profile = firms.current().profile();
            Problems problems = new Problems();
            Typed typed = new Typed(problems, profile.javaLocale(), profile.zoneId());
            var first = typed.date("from", from);
            var last = typed.date("to", to);
            problems.refuse();
            int slash = matter.indexOf('/');
            UUID matterId = slash < 0 ? null : Address.key(matter.substring(slash + 1), "matter");
            UUID ofMatter = slash < 0 ? null : Address.key(matter.substring(0, slash), "client");
            UUID clientId = client.isEmpty() ? ofMatter : Address.key(client, "client");
            UUID personId = person.isEmpty() ? null : Address.key(person, "person");
            UUID id = reratings.ask(new Rerating.Wanted(first, last, clientId, matterId, personId));
            return Act.Done.at("/app/reratings.xhtml?id=" + id, "");
        });
    }

    /** Applies the one that is looked at. */
    public void apply() {
        act.perform(() -> {
            reratings.apply(result().rerating().id());
            return Act.Done.here(texts.get("ledger.apply.asked"));
        });
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public String getClient() {
        return client;
    }

    public void setClient(String client) {
        this.client = client == null ? "" : client;
    }

    public String getMatter() {
        return matter;
    }

    public void setMatter(String matter) {
        this.matter = matter == null ? "" : matter;
    }

    public String getPerson() {
        return person;
    }

    public void setPerson(String person) {
        this.person = person == null ? "" : person;
    }
}
