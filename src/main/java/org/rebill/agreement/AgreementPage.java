package org.rebill.agreement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.rating.Problem;
import org.rebill.rating.RateRule;
import org.rebill.rating.Rated;
import org.rebill.rating.Terms;
import org.rebill.rating.Wording;

/** One agreement ({@code ?id=}) with its versions; {@code no} opens one of them, else the newest is open. */
@Named
@RequestScoped
public class AgreementPage {
    private final Clients clients;
    private final Agreements agreements;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private final Clock clock;
    private Agreements.History history;
    private Client client;
    private int shown;
    private String how = Acceptance.How.SIGNED.name();
    private String acceptedBy;
    private String acceptedAt;
    private String reason;

    @Inject
    AgreementPage(
            Clients clients,
            Agreements agreements,
            Firms firms,
            Address address,
            Act act,
            Texts texts,
            Formats formats,
            Clock clock) {
        this.clients = clients;
        this.agreements = agreements;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
        this.clock = clock;
    }

    /** Fills the form of an acceptance; not in posts, which bring what was typed. */
    public void load() {
        acceptedBy = client().contact();
        acceptedAt = LocalDateTime.now(clock.withZone(firms.current().profile().zoneId()))
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    private Agreements.History history() {
        if (history == null) {
            history = agreements.get(address.needed("id", "agreement"));
        }
        return history;
    }

    public Agreement agreement() {
        return history().agreement();
    }

    public Client client() {
        if (client == null) {
            client = clients.get(agreement().clientId());
        }
        return client;
    }

    /** What it is for; empty for all calls. */
    public String matterName() {
        return agreement().matterId() == null
                ? ""
                : clients.knownMatter(client().id(), agreement().matterId())
                        .map(matter -> matter.reference() + " " + matter.name())
                        .orElse("");
    }

    /** Newest first. */
    public List<AgreementVersion> versions() {
        return history().versions();
    }

    /** The version that is open. */
    public AgreementVersion version() {
        return address.number("no")
                .map(no -> history().version(Math.toIntExact(no)))
                .orElse(versions().get(0));
    }

    public AgreementState state(AgreementVersion version) {
        return version.state(clock.instant());
    }

    /** An offer waits for the client. */
    public boolean isOffered() {
        return versions().get(0).isOpen();
    }

    /** What deserves a second look about the version that is open. */
    public List<Problem> cautions() {
        return version().terms().cautions();
    }

    /** What calls of 5 and of 12 minutes cost under the version that is open. */
    public List<VersionDocument.Example> examples() {
        return VersionDocument.examples(version().terms());
    }

    /**
     * A call that was tried out.
     *
     * @param rate what applies, with its name
     * @param steps the explanation
     */
    public record Tried(String rate, String quantity, String unitRate, String amount, List<String> steps) {}

    /** The firm's people. */
    public List<Person> people() {
        return firms.people();
    }

    /** When the call to try is answered, for the form: as asked for, else now. */
    public String tryAt() {
        return address.text("at").isEmpty()
                ? LocalDateTime.now(clock.withZone(firms.current().profile().zoneId()))
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString()
                : address.text("at");
    }

    /** How long the call to try is, for the form. */
    public long trySeconds() {
        return address.number("seconds").orElse(300L);
    }

    /** The price of the call that was asked for; null when none was, or when it can't be priced. */
    public Tried tried() {
        if (address.text("seconds").isEmpty()) {
            return null;
        }
        FirmProfile firm = firms.current().profile();
        Problems problems = new Problems();
        Instant at = new Typed(problems, firm.javaLocale(), firm.zoneId()).moment("at", tryAt());
        long seconds = trySeconds();
        if (at == null || seconds < 0 || seconds > 86_400) {
            return null;
        }
        Agreements.Tried found = agreements.price(
                agreement().id(),
                version().no(),
                address.id("person").orElse(null),
                RateRule.CALL,
                at,
                Math.toIntExact(seconds));
        Terms terms = found.terms();
        Rated rated = found.rated();
        String currency = terms.currency().getCurrencyCode();
        String name = terms.rateName() == null ? texts.get("agreement.try.general") : terms.rateName();
        return new Tried(
                name + ": " + formats.rate(terms.hourlyRate(), currency),
                formats.quantity(rated.quantity(), rated.unit().name()),
                formats.rate(rated.unitRate(), currency),
                formats.money(rated.amount(), currency),
                Wording.of(firm.javaLocale()).tell(rated, terms.currency()));
    }

    /** Notes that the client accepted outside of the portal. */
    public void accept() {
        act.perform(() -> {
            FirmProfile firm = firms.current().profile();
            Problems problems = new Problems();
            Instant at = new Typed(problems, firm.javaLocale(), firm.zoneId()).moment("acceptedAt", acceptedAt);
            problems.refuse();
            AgreementVersion accepted = agreements.accept(
                    agreement().id(),
                    getNo(),
                    new Acceptance(Acceptance.How.valueOf(how), at, acceptedBy, null, reason));
            return Act.Done.at(here(), texts.of("agreement.accepted", accepted.no(), acceptedBy));
        });
    }

    /** Takes the open offer back. */
    public void withdraw() {
        act.perform(() -> {
            AgreementVersion version = agreements.withdraw(agreement().id(), getNo());
            return Act.Done.at(here(), texts.of("agreement.withdrawn", version.no()));
        });
    }

    private String here() {
        return "/app/agreement.xhtml?id=" + agreement().id();
    }

    /** Number of the version that is shown, kept in the forms: others may be offered meanwhile. */
    public int getNo() {
        return shown == 0 ? version().no() : shown;
    }

    public void setNo(int no) {
        this.shown = no;
    }

    public String getHow() {
        return how;
    }

    public void setHow(String how) {
        if (!how.equals(Acceptance.How.SIGNED.name()) && !how.equals(Acceptance.How.STATED.name())) {
            throw new Refusal.NotFound("way to accept");
        }
        this.how = how;
    }

    public String getAcceptedBy() {
        return acceptedBy;
    }

    public void setAcceptedBy(String acceptedBy) {
        this.acceptedBy = acceptedBy;
    }

    public String getAcceptedAt() {
        return acceptedAt;
    }

    public void setAcceptedAt(String acceptedAt) {
        this.acceptedAt = acceptedAt;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
