package org.rebill.code;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;

/**
 * The firm's codes: search, filter, give out; {@code retire} opens the form that ends a code's use, {@code edit} the one
 * of its label.
 */
@Named
@RequestScoped
public class CodesPage {
    /** Clients that are offered while somebody types; others can be typed all the same. */
    private static final int OFFERED = 300;

    private static final String BETWEEN = " / ";

    private final Codes codes;
    private final Clients clients;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Clock clock;
    private Page<AccountCode> page;
    private Map<UUID, String> names;
    private Map<UUID, Matter> matters;
    private String code;
    private String owner;
    private String label;
    private String group;
    private String validFrom;
    private String at;
    private int version;

    @Inject
    CodesPage(Codes codes, Clients clients, Firms firms, Address address, Act act, Texts texts, Clock clock) {
        this.codes = codes;
        this.clients = clients;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.clock = clock;
    }

    /** Fills the form that is open; not in posts, which bring what was typed. */
    public void load() {
        address.id("client").flatMap(clients::known).ifPresent(client -> owner = client.name());
        code = address.text("code");
        if (edited() != null) {
            label = edited().label();
            group = edited().group();
            version = edited().version();
        }
    }

    /** The codes that are shown. */
    public List<AccountCode> rows() {
        return page().items();
    }

    /** Where the list goes on, or null. */
    public String next() {
        return page().next();
    }

    private Page<AccountCode> page() {
        if (page == null) {
            page = codes.list(
                    address.text("q"),
                    address.choice("state", Codes.Filter.class).orElse(Codes.Filter.ALL),
                    address.id("client").orElse(null),
                    order(),
                    address.id("after").orElse(null),
                    Page.USUAL);
            names = clients.names(page.items().stream()
                    .map(AccountCode::clientId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
            matters = clients.matters(page.items().stream()
                    .map(AccountCode::matterId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
        }
        return page;
    }

    private Codes.Order order() {
        return switch (address.text("sort")) {
            case "-code" -> Codes.Order.CODE_DOWN;
            case "new" -> Codes.Order.NEWEST;
            default -> Codes.Order.CODE;
        };
    }

    /** Something narrows the list. */
    public boolean isFiltered() {
        return !address.text("q").isEmpty()
                || !address.text("state").isEmpty()
                || !address.text("client").isEmpty()
                || !address.text("after").isEmpty();
    }

    /** Whose a code of the list is; empty for the house. */
    public String client(AccountCode row) {
        return row.clientId() == null ? "" : names.get(row.clientId());
    }

    /** Which matter a code of the list is for; empty for the client as a whole. */
    public String matter(AccountCode row) {
        Matter matter = row.matterId() == null ? null : matters.get(row.matterId());
        return matter == null ? "" : matter.reference() + " " + matter.name();
    }

    /** ACTIVE, HOUSE or RETIRED. */
    public String state(AccountCode row) {
        if (row.retiredAt() != null && !row.retiredAt().isAfter(clock.instant())) {
            return "RETIRED";
        }
        return row.house() ? "HOUSE" : "ACTIVE";
    }

    /** What can stand in the field "for": the house, clients, and their matters. */
    public List<String> owners() {
        List<String> owners = new ArrayList<>();
        owners.add(texts.get("code.house"));
        List<Client> offered =
                clients.list("", Clients.Order.NAME, null, OFFERED).items();
        Map<UUID, List<Matter>> byClient =
                clients.mattersOf(offered.stream().map(Client::id).toList());
        for (Client client : offered) {
            owners.add(client.name());
            byClient.getOrDefault(client.id(), List.of())
                    .forEach(matter -> owners.add(client.name() + BETWEEN + matter.reference()));
        }
        return owners;
    }

    /** What this trade calls a matter. */
    public String matterWord() {
        return firms.current().profile().trade().matterWord();
    }

    /** Gives the code out. */
    public void create() {
        act.perform(() -> {
            FirmProfile firm = firms.current().profile();
            Problems problems = new Problems();
            LocalDate from = new Typed(problems, firm.javaLocale(), firm.zoneId()).date("validFrom", validFrom);
            Owner found = owner(problems);
            problems.refuse();
            AccountCode created = codes.create(new Codes.Draft(
                    code,
                    label,
                    group,
                    found.house(),
                    found.clientId(),
                    found.matterId(),
                    from == null ? null : from.atStartOfDay(firm.zoneId()).toInstant()));
            return Act.Done.here(texts.of("code.created", created.code()));
        });
    }

    private record Owner(boolean house, UUID clientId, UUID matterId) {}

    private Owner owner(Problems problems) {
        String typed = owner == null ? "" : owner.strip();
        if (typed.isEmpty()) {
            return new Owner(false, null, null);
        }
        if (typed.equalsIgnoreCase(texts.get("code.house"))) {
            return new Owner(true, null, null);
        }
        Optional<Client> whole = clients.named(typed);
        if (whole.isPresent()) {
            return new Owner(false, whole.get().id(), null);
        }
        int between = typed.lastIndexOf(BETWEEN);
        Optional<Client> client = between < 0 ? Optional.empty() : clients.named(typed.substring(0, between));
        if (client.isEmpty()) {
            problems.add("clientId", "client.unknown", texts.of("code.owner.unknown", typed));
            return new Owner(false, null, null);
        }
        String reference = typed.substring(between + BETWEEN.length()).strip();
        Optional<Matter> matter = clients.mattersOf(client.get().id()).stream()
                .filter(one -> one.reference().equalsIgnoreCase(reference))
                .findFirst();
        if (matter.isEmpty()) {
            problems.add(
                    "clientId",
                    "matter.unknown",
                    texts.of("code.owner.matter", client.get().name(), matterWord(), reference));
        }
        return new Owner(false, client.get().id(), matter.map(Matter::id).orElse(null));
    }

    /** The code whose use is about to be ended, or null. */
    public AccountCode retiring() {
        return address.id("retire").map(codes::get).orElse(null);
    }

    /** The code whose label is about to be changed, or null. */
    public AccountCode edited() {
        return address.id("edit").map(codes::get).orElse(null);
    }

    /** Ends the use of the code whose form is open. */
    public void retire() {
        act.perform(() -> {
            FirmProfile firm = firms.current().profile();
            Problems problems = new Problems();
            Instant end = new Typed(problems, firm.javaLocale(), firm.zoneId()).moment("at", at);
            problems.refuse();
            AccountCode retired = codes.retire(address.needed("retire", "code"), end);
            return Act.Done.at(back("retire"), texts.of("code.retired", retired.code()));
        });
    }

    /** Changes the label of the code whose form is open. */
    public void relabel() {
        act.perform(() -> {
            AccountCode changed = codes.relabel(address.needed("edit", "code"), version, label, group);
            return Act.Done.at(back("edit"), texts.of("code.changed", changed.code()));
        });
    }

    /** This list without the form that was open. */
    private String back(String form) {
        String link = address.open(form, "");
        return link.substring(link.indexOf("/app/"));
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getOwner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner;
    }

    public String getLabel() {
        return label;
    }

    public void setLabel(String label) {
        this.label = label;
    }

    public String getGroup() {
        return group;
    }

    public void setGroup(String group) {
        this.group = group;
    }

    public String getValidFrom() {
        return validFrom;
    }

    public void setValidFrom(String validFrom) {
        this.validFrom = validFrom;
    }

    public String getAt() {
        return at;
    }

    public void setAt(String at) {
        this.at = at;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }
}
