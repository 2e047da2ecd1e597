package org.rebill.agreement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.rebill.firm.Firms;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Page;

/** The firm's clients, and the form for a new one ({@code ?edit=client}). */
@Named
@RequestScoped
public class ClientsPage {
    private final Clients clients;
    private final Agreements agreements;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final ClientForm form = new ClientForm();
    private Page<Client> page;
    private Map<UUID, List<Matter>> matters;
    private Map<UUID, Integer> offers;

    @Inject
    ClientsPage(Clients clients, Agreements agreements, Firms firms, Address address, Act act, Texts texts) {
        this.clients = clients;
        this.agreements = agreements;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
    }

    /** The clients that are shown. */
    public List<Client> rows() {
        return page().items();
    }

    private Page<Client> page() {
        if (page == null) {
            page = clients.list(address.text("q"), order(), address.id("after").orElse(null), Page.USUAL);
            List<UUID> ids = page.items().stream().map(Client::id).toList();
            matters = clients.mattersOf(ids);
            offers = agreements.openOffers(ids);
        }
        return page;
    }

    private Clients.Order order() {
        return switch (address.text("sort")) {
            case "-name" -> Clients.Order.NAME_DOWN;
            case "new" -> Clients.Order.NEWEST;
            default -> Clients.Order.NAME;
        };
    }

    /** Where the list goes on, or null. */
    public String next() {
        return page().next();
    }

    /** Keys of the clients that are shown. */
    public List<UUID> ids() {
        return rows().stream().map(Client::id).toList();
    }

    /** What this trade calls a matter, as a title. */
    public String matterTitle() {
        String word = firms.current().profile().trade().matterWord();
        return word.substring(0, 1).toUpperCase(Locale.ENGLISH) + word.substring(1);
    }

    /** What the firm does for a client of the list. */
    public List<Matter> matters(Client client) {
        return matters.getOrDefault(client.id(), List.of());
    }

    /** How many offers wait for a client of the list. */
    public int offers(Client client) {
        return offers.getOrDefault(client.id(), 0);
    }

    /** Something narrows the list. */
    public boolean isFiltered() {
        return !address.text("q").isEmpty() || !address.text("after").isEmpty();
    }

    /** The form for a new client is open. */
    public boolean isEditing() {
        return address.is("edit", "client");
    }

    public ClientForm getForm() {
        return form;
    }

    /** Adds the client and opens its page. */
    public void create() {
        act.perform(() -> {
            Client client = clients.create(form.draft());
            return Act.Done.at(
                    "/app/client.xhtml?id=" + client.id(), texts.of("agreement.client.created", client.name()));
        });
    }
}
