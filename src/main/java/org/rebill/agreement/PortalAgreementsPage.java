package org.rebill.agreement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Caller;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** What a client's user is asked to accept, and what was accepted. {@code offer} opens one of several. */
@Named
@RequestScoped
public class PortalAgreementsPage {
    private static final int EXAMPLE_SECONDS = 660;

    private final PortalAgreements agreements;
    private final Clients clients;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Clock clock;
    private List<PortalAgreements.Offer> offers;
    private Client client;
    private Map<UUID, Person> people;
    private String versionId = "";
    private boolean sure;

    @Inject
    PortalAgreementsPage(
            PortalAgreements agreements,
            Clients clients,
            Firms firms,
            Address address,
            Act act,
            Texts texts,
            Clock clock) {
        this.agreements = agreements;
        this.clients = clients;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.clock = clock;
    }

    public Client client() {
        if (client == null) {
            client = clients.own();
        }
        return client;
    }

    /** Who is signed in, as the name that will be kept with an acceptance. */
    public String userName() {
        return Caller.current().name();
    }

    private List<PortalAgreements.Offer> all() {
        if (offers == null) {
            offers = agreements.all();
        }
        return offers;
    }

    /** What waits, oldest first. */
    public List<PortalAgreements.Offer> waiting() {
        List<PortalAgreements.Offer> waiting = new ArrayList<>(
                all().stream().filter(offer -> offer.version().isOpen()).toList());
        Collections.reverse(waiting);
        return waiting;
    }

    /** What was accepted, newest first. */
    public List<PortalAgreements.Offer> accepted() {
        return all().stream().filter(offer -> offer.version().isAccepted()).toList();
    }

    /** The offer that is open, or null when none waits. */
    public PortalAgreements.Offer offer() {
        String wanted = address.text("offer");
        List<PortalAgreements.Offer> waiting = waiting();
        return waiting.stream()
                .filter(offer -> offer.version().id().toString().equals(wanted))
                .findFirst()
                .orElse(waiting.isEmpty() ? null : waiting.get(0));
    }

    public AgreementState state(AgreementVersion version) {
        return version.state(clock.instant());
    }

    /** First day, in the firm's zone. */
    public LocalDate from(AgreementVersion version) {
        return version.validFrom().atZone(zone()).toLocalDate();
    }

    private ZoneId zone() {
        return firms.current().profile().zoneId();
    }

    /** A line of the comparison; {@code person} is empty for everybody else. */
    public record Line(String person, BigDecimal now, BigDecimal then) {}

    /** What an hour costs now and under the offer, for each person who has a rate of their own, then for others. */
    public List<Line> lines() {
        PortalAgreements.Offer offer = offer();
        Map<UUID, BigDecimal> then = rates(offer.rates());
        Map<UUID, BigDecimal> now =
                offer.now() == null ? Map.of() : rates(offer.now().rates());
        BigDecimal general = offer.version().terms().hourlyRate();
        BigDecimal generalNow =
                offer.now() == null ? null : offer.now().version().terms().hourlyRate();
        List<Line> lines = new ArrayList<>();
        people().values().stream()
                .filter(person -> then.containsKey(person.id()) || now.containsKey(person.id()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(person -> lines.add(new Line(
                        person.name(),
                        generalNow == null ? null : now.getOrDefault(person.id(), generalNow),
                        then.getOrDefault(person.id(), general))));
        lines.add(new Line("", generalNow, general));
        return lines;
    }

    private static Map<UUID, BigDecimal> rates(List<AgreementRate> rates) {
        return rates.stream().collect(Collectors.toMap(AgreementRate::personId, AgreementRate::hourlyRate));
    }

    private Map<UUID, Person> people() {
        if (people == null) {
            people = firms.peopleById();
        }
        return people;
    }

    /** What a call of 11 minutes would cost: with the first who has a rate of their own, else with anybody. */
    public VersionDocument.Example example() {
        return VersionDocument.Example.of(
                EXAMPLE_SECONDS, offer().version().terms(lines().get(0).then()));
    }

    /** With whom the example's call is; empty for anybody. */
    public String examplePerson() {
        return lines().get(0).person();
    }

    /** Accepts the offer that was shown, whatever was offered meanwhile. */
    public void accept() {
        act.perform(() -> {
            if (!sure) {
                throw new Refusal.Invalid("sure", "sure.missing", texts.get("agreement.portal.sure.missing"));
            }
            AgreementVersion accepted = agreements.accept(shown());
            return Act.Done.at("/portal/", texts.of("agreement.portal.accepted", accepted.no()));
        });
    }

    private UUID shown() {
        try {
            return UUID.fromString(versionId);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("offer");
        }
    }

    /** Key of the version that is shown, kept in the form. */
    public String getVersionId() {
        return versionId.isEmpty() && offer() != null ? offer().version().id().toString() : versionId;
    }

    public void setVersionId(String versionId) {
        this.versionId = versionId == null ? "" : versionId;
    }

    public boolean isSure() {
        return sure;
    }

    public void setSure(boolean sure) {
        this.sure = sure;
    }
}
