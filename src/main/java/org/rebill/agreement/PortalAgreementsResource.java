package org.rebill.agreement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.platform.Page;

/** A client's own agreements by REST. */
@Path("/firms/{firm}/portal/agreements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Client portal")
@ApplicationScoped
public class PortalAgreementsResource {
    private final PortalAgreements agreements;
    private final Firms firms;
    private final Clock clock;

    @Inject
    PortalAgreementsResource(PortalAgreements agreements, Firms firms, Clock clock) {
        this.agreements = agreements;
        this.firms = firms;
        this.clock = clock;
    }

    /**
     * What was offered to the client and what became of it.
     *
     * @param now the version that is in force today in its place; absent where there is none
     */
    public record OfferDocument(String number, UUID matterId, VersionDocument version, VersionDocument now) {}

    @GET
    @Operation(summary = "What the firm offered to the caller's client, newest first")
    public Page<OfferDocument> list() {
        Map<UUID, Person> people = firms.peopleById();
        List<OfferDocument> offers = agreements.all().stream()
                .map(offer -> new OfferDocument(
                        offer.agreement().number(),
                        offer.agreement().matterId(),
                        document(offer.version(), offer.rates(), people),
                        offer.now() == null
                                ? null
                                : document(offer.now().version(), offer.now().rates(), people)))
                .toList();
        return new Page<>(offers, null);
    }

    private VersionDocument document(AgreementVersion version, List<AgreementRate> rates, Map<UUID, Person> people) {
        ZoneId zone = firms.current().profile().zoneId();
        return VersionDocument.of(version, rates, people, zone, clock.instant());
    }

    @POST
    @Path("{version}/accept")
    @Operation(
            summary = "Accept an offer for the caller's client",
            description = "Kept as proof: the time, the caller's name and address, and the SHA-256 of the text.")
    public OfferDocument accept(@PathParam("version") UUID version) {
        agreements.accept(version);
        return list().items().stream()
                .filter(offer -> offer.version().id().equals(version))
                .findFirst()
                .orElseThrow();
    }
}
