package org.rebill.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.agreement.OfferDraft;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.rating.TermsDraft;

/** A client's last months ({@code ?client=}) under other terms, all of which stand in the address. */
@Named
@RequestScoped
public class WhatIfPage {
    private static final int QUARTER = 3;

    private final WhatIf whatIf;
    private final Clients clients;
    private final Firms firms;
    private final Address address;
    private final Formats formats;
    private final Texts texts;
    private Client client;
    private WhatIf.Result result;
    private List<Refusal.Problem> problems;
    private Map<UUID, Person> people;

    @Inject
    WhatIfPage(WhatIf whatIf, Clients clients, Firms firms, Address address, Formats formats, Texts texts) {
        this.whatIf = whatIf;
        this.clients = clients;
        this.firms = firms;
        this.address = address;
        this.formats = formats;
        this.texts = texts;
    }

    public Client client() {
        if (client == null) {
            client = clients.get(address.needed("client", "client"));
        }
        return client;
    }

    private String or(String name, String usual) {
        return address.text(name).isEmpty() ? usual : address.text(name);
    }

    /** First day; the last quarter's when none was given. */
    public String from() {
        return or("from", quarter().toString());
    }

    /** Last day. */
    public String to() {
        return or("to", quarter().plusMonths(QUARTER).minusDays(1).toString());
    }

    private LocalDate quarter() {
        LocalDate today = formats.today();
        LocalDate begun = today.withDayOfMonth(1).minusMonths((today.getMonthValue() - 1) % QUARTER);
        return begun.minusMonths(QUARTER);
    }

    public String rate() {
        return address.text("rate");
    }

    public String increment() {
        return or("increment", "6 min");
    }

    public String minimum() {
        return address.text("minimum");
    }

    public String scope() {
        return or("scope", "PER_CALL");
    }

    /** Over what time may be rounded. */
    public List<String> scopes() {
        return List.of("PER_CALL", "PER_CLIENT_DAY", "PER_CLIENT_STATEMENT", "BALANCED");
    }

    /** What came out; null while no rate is given or something is wrong. */
    public WhatIf.Result result() {
        if (problems == null) {
            problems = List.of();
            if (!rate().isEmpty()) {
                try {
                    result = computed();
                } catch (Refusal.Invalid refused) {
                    problems = refused.problems();
                }
            }
        }
        return result;
    }

    private WhatIf.Result computed() {
        FirmProfile firm = firms.current().profile();
        Problems wrong = new Problems();
        Typed typed = new Typed(wrong, firm.javaLocale(), firm.zoneId());
        LocalDate first = typed.date("from", from());
        LocalDate last = typed.date("to", to());
        TermsDraft terms = new TermsDraft(
                null,
                typed.decimal("terms.hourlyRate", rate()),
                null,
                typed.seconds("terms.incrementSeconds", increment()),
                null,
                typed.seconds("terms.minimumSeconds", minimum()),
                null,
                null,
                null,
                null,
                null,
                scope());
        wrong.refuse();
        return whatIf.of(client().id(), first, last, new OfferDraft(terms, null, null, null, null));
    }

    /** All that is wrong with what was asked for. */
    public List<Refusal.Problem> problems() {
        result();
        return problems;
    }

    /** Money with its sign, a plus too. */
    public String signed(BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + formats.money(amount, result().currency());
    }

    /** A person's name. */
    public String name(UUID person) {
        if (people == null) {
            people = firms.peopleById();
        }
        Person found = person == null ? null : people.get(person);
        return found == null ? texts.get("ledger.lost.nobody") : found.name();
    }
}
