package org.rebill.agreement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.rating.RateRule;
import org.rebill.rating.Rated;
import org.rebill.rating.TermsDraft;
import org.rebill.rating.Wording;

/** The firm's agreements by REST: terms are offered, accepted or withdrawn, and never edited. */
@Path("/firms/{firm}/agreements")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Agreements")
@ApplicationScoped
public class AgreementsResource {
    private final Agreements agreements;
    private final Firms firms;
    private final Clock clock;

    @Inject
    AgreementsResource(Agreements agreements, Firms firms, Clock clock) {
        this.agreements = agreements;
        this.firms = firms;
        this.clock = clock;
    }

    /**
     * An agreement.
     *
     * @param matterId absent where it is for all calls that no other agreement with the client covers
     * @param versions newest first
     */
    public record AgreementDocument(
            UUID id, String number, UUID clientId, UUID matterId, List<VersionDocument> versions) {
        public AgreementDocument {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A new agreement with the terms of its first version.
     *
     * @param matterId left out: for all calls that no other agreement with the client covers
     * @param validFrom first day, in the firm's zone
     * @param validTo first day on which the terms no longer hold, in the firm's zone; left out for no end
     * @param rates other hourly rates for single persons
     * @param rules rates for some calls, the first that fits holds, before those of single persons
     * @param holidays days on which the rules for holidays hold
     */
    public record NewAgreement(
            UUID clientId,
            UUID matterId,
            TermsDraft terms,
            LocalDate validFrom,
            LocalDate validTo,
            String note,
            List<OfferDraft.PersonRate> rates,
            List<RateRule> rules,
            List<LocalDate> holidays) {
        OfferDraft offer() {
            return new OfferDraft(terms, validFrom, validTo, note, rates, rules, holidays);
        }
    }

    /**
     * What the firm says of an acceptance outside of the portal.
     *
     * @param how SIGNED, or STATED with a reason
     * @param acceptedAt not in the future; left out for now
     * @param acceptedBy who, for the client
     */
    public record NewAcceptance(Acceptance.How how, Instant acceptedAt, String acceptedBy, String reason) {}

    @GET
    @Operation(summary = "The firm's agreements with their versions, by number")
    public Page<AgreementDocument> list(
            @Parameter(description = "Only this client's") @QueryParam("client") UUID client,
            @Parameter(description = "Only those with an offer that waits for the client")
                    @QueryParam("open")
                    @DefaultValue("false")
                    boolean open,
            @Parameter(description = "Take up after this agreement: the 'next' of the page before") @QueryParam("after")
                    UUID after,
            @Parameter(description = "At most so many, 1 to 500; 50 when left out") @QueryParam("limit")
                    Integer limit) {
        Page<Agreements.History> page = agreements.list(client, open, after, Page.limit(limit));
        Map<UUID, Person> people = firms.peopleById();
        return new Page<>(
                page.items().stream().map(history -> document(history, people)).toList(), page.next());
    }

    private AgreementDocument document(Agreements.History history, Map<UUID, Person> people) {
        Agreement agreement = history.agreement();
        ZoneId zone = firms.current().profile().zoneId();
        Instant now = clock.instant();
        return new AgreementDocument(
                agreement.id(),
                agreement.number(),
                agreement.clientId(),
                agreement.matterId(),
                history.versions().stream()
                        .map(version -> VersionDocument.of(version, history.rates(), people, zone, now))
                        .toList());
    }

    private AgreementDocument document(UUID id) {
        return document(agreements.get(id), firms.peopleById());
    }

    @POST
    @Operation(
            summary = "Make an agreement and offer its first version",
            description = "Calls are rated by it once the client has accepted, and only those that start after that.")
    @APIResponse(
            responseCode = "201",
            description = "Offered; Location says where",
            content = @Content(schema = @Schema(implementation = AgreementDocument.class)))
    public Response create(
            @Parameter(description = "Tell the client by mail, with a link to the portal")
                    @QueryParam("mail")
                    @DefaultValue("false")
                    boolean mail,
            NewAgreement draft,
            @Context UriInfo here) {
        NewAgreement given = Problems.given(draft);
        AgreementVersion offered = mail
                ? agreements.openAndTell(given.clientId(), given.matterId(), given.offer())
                : agreements.open(given.clientId(), given.matterId(), given.offer());
        UUID id = offered.agreementId();
        URI place = here.getAbsolutePathBuilder().path(id.toString()).build();
        return Response.created(place).entity(document(id)).build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One agreement with its versions, newest first")
    public AgreementDocument get(@PathParam("id") UUID id) {
        return document(id);
    }

    @POST
    @Path("{id}/versions")
    @Operation(
            summary = "Offer new terms",
            description =
                    "What is in force stays so until the client accepts. One offer at a time: withdraw an open one "
                            + "first.")
    @APIResponse(
            responseCode = "201",
            description = "Offered; Location says where",
            content = @Content(schema = @Schema(implementation = VersionDocument.class)))
    public Response offer(
            @PathParam("id") UUID id,
            @Parameter(description = "Tell the client by mail, with a link to the portal")
                    @QueryParam("mail")
                    @DefaultValue("false")
                    boolean mail,
            OfferDraft draft,
            @Context UriInfo here) {
        OfferDraft given = Problems.given(draft);
        int no = (mail ? agreements.offerAndTell(id, given) : agreements.offer(id, given)).no();
        URI place = here.getAbsolutePathBuilder().path(Integer.toString(no)).build();
        return Response.created(place).entity(version(id, no)).build();
    }

    @GET
    @Path("{id}/versions")
    @Operation(summary = "All versions of an agreement, newest first")
    public Page<VersionDocument> versions(@PathParam("id") UUID id) {
        return new Page<>(document(id).versions(), null);
    }

    @GET
    @Path("{id}/versions/{no}")
    @Operation(summary = "One version of an agreement")
    public VersionDocument version(@PathParam("id") UUID id, @PathParam("no") int no) {
        Agreements.History history = agreements.get(id);
        return VersionDocument.of(
                history.version(no),
                history.rates(),
                firms.peopleById(),
                firms.current().profile().zoneId(),
                clock.instant());
    }

    /**
     * What a call would cost.
     *
     * @param rateName which rule or person the rate is for; absent for the general rate
     * @param words the steps as sentences, in the firm's language
     */
    public record PriceDocument(
            BigDecimal hourlyRate,
            String rateName,
            int billedSeconds,
            BigDecimal quantity,
            Rated.Unit unit,
            BigDecimal unitRate,
            BigDecimal amount,
            String currency,
            List<Rated.Step> explanation,
            List<String> words) {}

    @GET
    @Path("{id}/versions/{no}/price")
    @Operation(
            summary = "Try a call out under a version: which rate applies and what it costs",
            description = "Rounded for the call by itself, whatever calls it would be rounded together with.")
    public PriceDocument price(
            @PathParam("id") UUID id,
            @PathParam("no") int no,
            @Parameter(description = "Whole seconds of talk") @QueryParam("seconds") @DefaultValue("300") int seconds,
            @Parameter(description = "Who talks; left out: nobody in particular") @QueryParam("person") UUID person,
            @Parameter(description = "When it is answered, such as 2026-12-24T20:00:00Z; left out: now")
                    @QueryParam("at")
                    String at,
            @Parameter(description = "Left out: call") @QueryParam("activity") @DefaultValue("call") String activity) {
        Agreements.Tried tried = agreements.price(id, no, person, activity, instant(at), seconds);
        Rated rated = tried.rated();
        return new PriceDocument(
                tried.terms().hourlyRate(),
                tried.terms().rateName(),
                rated.billedSeconds(),
                rated.quantity(),
                rated.unit(),
                rated.unitRate(),
                rated.amount(),
                tried.terms().currency().getCurrencyCode(),
                rated.explanation(),
                Wording.of(firms.current().profile().javaLocale())
                        .tell(rated, tried.terms().currency()));
    }

    private Instant instant(String text) {
        try {
            return text == null || text.isBlank() ? clock.instant() : Instant.parse(text.strip());
        } catch (DateTimeException e) {
            throw new Refusal.Invalid("at", "at.form", "Write the moment as 2026-12-24T20:00:00Z.");
        }
    }

    @POST
    @Path("{id}/versions/{no}/accept")
    @Operation(
            summary = "Note that the client accepted outside of the portal",
            description =
                    "SIGNED on paper, or STATED by the firm with a reason; not in the future. A newer version takes "
                            + "over from its first day on, or from its acceptance if that is later.")
    public VersionDocument accept(@PathParam("id") UUID id, @PathParam("no") int no, NewAcceptance acceptance) {
        NewAcceptance given = Problems.given(acceptance);
        Instant at = given.acceptedAt() == null ? clock.instant() : given.acceptedAt();
        agreements.accept(id, no, new Acceptance(given.how(), at, given.acceptedBy(), null, given.reason()));
        return version(id, no);
    }

    @POST
    @Path("{id}/versions/{no}/withdraw")
    @Operation(summary = "Take back an offer that was not accepted")
    public VersionDocument withdraw(@PathParam("id") UUID id, @PathParam("no") int no) {
        agreements.withdraw(id, no);
        return version(id, no);
    }
}
