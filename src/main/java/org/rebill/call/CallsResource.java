package org.rebill.call;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.ledger.Charge;
import org.rebill.ledger.ChargeState;
import org.rebill.platform.Page;

/** Calls by REST: owners and clerks see all, professionals their own. */
@Path("/firms/{firm}/calls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
@ApplicationScoped
public class CallsResource {
    private final Calls calls;
    private final CallCodes codes;
    private final Firms firms;
    private final Clients clients;

    @Inject
    CallsResource(Calls calls, CallCodes codes, Firms firms, Clients clients) {
        this.calls = calls;
        this.codes = codes;
        this.firms = firms;
        this.clients = clients;
    }

    /** Someone or something by name. */
    public record Named(UUID id, String name) {}

    /**
     * A call.
     *
     * @param party the other side: E.164 where it can be told, else the digits; empty when withheld
     * @param talkSeconds whole seconds, as the phone system counted; never changed
     * @param code as it stands; absent when none
     * @param billedSeconds absent unless it is rated; so are quantity, unit, amount and currency
     * @param currency ISO 4217
     */
    public record CallBody(
            UUID id,
            Instant startedAt,
            Instant answeredAt,
            Instant endedAt,
            Direction direction,
            String party,
            Named person,
            String extension,
            int talkSeconds,
            int records,
            String code,
            CodeOrigin codeOrigin,
            Named client,
            Named matter,
            CallState state,
            List<String> flags,
            UUID sourceId,
            UUID fileId,
            Integer billedSeconds,
            BigDecimal quantity,
            String unit,
            BigDecimal amount,
            String currency) {}

    /** All of a call, from its amount back to the bytes. */
    public record CallWhole(
            CallBody call,
            String pbxCode,
            List<TalkBody> talks,
            List<RecordBody> records,
            List<CallDetails.GivenCode> codes,
            List<CallDetails.Checked> checks,
            List<ChargeBody> charges) {}

    /** One telephone's talk. */
    public record TalkBody(Named person, String extension, Instant answeredAt, int seconds) {}

    /**
     * A record of the phone system.
     *
     * @param fileSha256 hexadecimal, over all bytes of the file it came in
     * @param contentHash hexadecimal: first 16 bytes of the SHA-256 over the record's bytes without line end
     * @param text its bytes as text, what can't be printed as {@code \xHH}
     * @param bytes the same in base 64; at most 4,096 bytes
     */
    public record RecordBody(
            UUID fileId,
            String fileName,
            String fileSha256,
            long lineNo,
            long byteOffset,
            int byteLength,
            String contentHash,
            Instant startedAt,
            Instant answeredAt,
            Instant endedAt,
            String disposition,
            int durationSeconds,
            int talkSeconds,
            String code,
            String text,
            String bytes) {}

    /**
     * What one talk costs, or why it does not.
     *
     * @param reason why it is held or not billed; absent when rated
     * @param explanation the steps from talk seconds to amount
     */
    public record ChargeBody(
            int no,
            Named person,
            int talkSeconds,
            String code,
            ChargeState state,
            String reason,
            UUID agreementVersionId,
            Integer billedSeconds,
            BigDecimal quantity,
            String unit,
            BigDecimal unitRate,
            BigDecimal amount,
            String currency,
            Integer ruleVersion,
            @JsonRawValue String explanation,
            UUID statementId) {}

    /** A code for one call; empty takes back what was given. */
    public record CodeBody(String code) {}

    /** A code for many calls. */
    public record CodesBody(List<UUID> calls, String code) {}

    /** Calls. */
    public record CallList(List<CallBody> items) {}

    @GET
    @Operation(summary = "Calls, newest first unless sorted otherwise")
    @Parameter(name = "from", in = QUERY, description = "First day, in the firm's zone, such as 2026-11-01")
    @Parameter(name = "to", in = QUERY, description = "Last day, in the firm's zone")
    @Parameter(name = "person", in = QUERY, description = "Who talked, or whose telephone rang")
    @Parameter(name = "client", in = QUERY, description = "Only this client's")
    @Parameter(name = "group", in = QUERY, description = "RATED, NO_CODE, HELD, HOUSE, NO_ANSWER or INTERNAL")
    @Parameter(name = "code", in = QUERY, description = "Code as it stands, exactly")
    @Parameter(name = "source", in = QUERY, description = "Only of this source")
    @Parameter(name = "file", in = QUERY, description = "The file that brought any of their records")
    @Parameter(
            name = "flag",
            in = QUERY,
            description = "Only those with this flag; 'impossible' for all that can't have happened so")
    @Parameter(
            name = "q",
            in = QUERY,
            description = "Digits of the number, a code, an extension, or part of a client's name")
    public Page<CallBody> list(
            @BeanParam CallParameters parameters,
            @Parameter(description = "time, talk or amount; with a minus sign the largest first. Left out: -time")
                    @QueryParam("sort")
                    String sort,
            @Parameter(description = "Take up after this: the 'next' of the page before") @QueryParam("after")
                    String after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        Page<CallLine> page = calls.list(parameters.filter(), CallOrder.parse(sort), after, Page.limit(limit));
        return new Page<>(bodies(page.items()), page.next());
    }

    @GET
    @Path("summary")
    @Operation(summary = "Counts and sums of all calls that a filter finds")
    @Parameter(name = "from", in = QUERY, description = "First day, in the firm's zone, such as 2026-11-01")
    @Parameter(name = "to", in = QUERY, description = "Last day, in the firm's zone")
    @Parameter(name = "person", in = QUERY, description = "Who talked, or whose telephone rang")
    @Parameter(name = "client", in = QUERY, description = "Only this client's")
    @Parameter(name = "group", in = QUERY, description = "RATED, NO_CODE, HELD, HOUSE, NO_ANSWER or INTERNAL")
    @Parameter(name = "code", in = QUERY, description = "Code as it stands, exactly")
    @Parameter(name = "source", in = QUERY, description = "Only of this source")
    @Parameter(name = "file", in = QUERY, description = "The file that brought any of their records")
    @Parameter(
            name = "flag",
            in = QUERY,
            description = "Only those with this flag; 'impossible' for all that can't have happened so")
    @Parameter(
            name = "q",
            in = QUERY,
            description = "Digits of the number, a code, an extension, or part of a client's name")
    public CallSummary summary(@BeanParam CallParameters parameters) {
        return calls.summary(parameters.filter());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One call with its records, talks, codes and charges")
    public CallWhole get(@PathParam("id") UUID id) {
        return whole(calls.get(id));
    }

    @POST
    @Path("{id}/code")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Give a call a code; it is priced anew at once")
    public CallWhole give(@PathParam("id") UUID id, CodeBody body) {
        codes.give(List.of(id), body == null ? null : body.code());
        return whole(calls.get(id));
    }

    @POST
    @Path("code")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Give up to 1,000 calls the same code: all of them or none")
    public CallList giveMany(CodesBody body) {
        List<UUID> ids = body == null || body.calls() == null
                ? List.of()
                : body.calls().stream().filter(Objects::nonNull).toList();
        codes.give(ids, body == null ? null : body.code());
        return new CallList(bodies(calls.byId(ids)));
    }

    private List<CallBody> bodies(List<CallLine> lines) {
        Names names = names(lines);
        return lines.stream().map(names::body).toList();
    }

    private CallWhole whole(CallDetails details) {
        Names names = names(List.of(details.call()));
        return new CallWhole(
                names.body(details.call()),
                details.pbxCode(),
                details.talks().stream()
                        .map(talk -> new TalkBody(
                                names.person(talk.personId()), talk.extension(), talk.answeredAt(), talk.seconds()))
                        .toList(),
                details.records().stream().map(CallsResource::body).toList(),
                details.codes(),
                details.checks(),
                details.charges().stream().map(names::charge).toList());
    }

    private static RecordBody body(CallDetails.SourceRecord record) {
        Leg leg = record.leg();
        RecordBytes.File file = record.file();
        return new RecordBody(
                file == null ? null : file.id(),
                file == null ? null : file.name(),
                file == null ? null : HexFormat.of().formatHex(file.sha256()),
                record.lineNo(),
                record.byteOffset(),
                record.byteLength(),
                record.contentHash().toString().replace("-", ""),
                leg.startedAt(),
                leg.answeredAt(),
                leg.endedAt(),
                leg.disposition(),
                leg.durationSeconds(),
                leg.talkSeconds(),
                leg.code().isEmpty() ? null : leg.code(),
                RawRecord.text(record.bytes()),
                Base64.getEncoder().encodeToString(record.bytes()));
    }

    private Names names(List<CallLine> lines) {
        return new Names(
                firms.peopleById(),
                clients.names(keys(lines.stream().map(CallLine::clientId).toList())),
                clients.matters(keys(lines.stream().map(CallLine::matterId).toList())));
    }

    private static Collection<UUID> keys(Collection<UUID> ids) {
        return ids.stream().filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private record Names(Map<UUID, Person> people, Map<UUID, String> clients, Map<UUID, Matter> matters) {
        private Named person(UUID id) {
            return id == null || !people.containsKey(id)
                    ? null
                    : new Named(id, people.get(id).name());
        }

        private CallBody body(CallLine line) {
            Matter matter = line.matterId() == null ? null : matters.get(line.matterId());
            return new CallBody(
                    line.id(),
                    line.startedAt(),
                    line.answeredAt(),
                    line.endedAt(),
                    line.direction(),
                    line.party(),
                    person(line.personId()),
                    line.extension(),
                    line.talkSeconds(),
                    line.legCount(),
                    line.code().isEmpty() ? null : line.code(),
                    line.codeOrigin(),
                    line.clientId() == null ? null : new Named(line.clientId(), clients.get(line.clientId())),
                    matter == null ? null : new Named(matter.id(), matter.reference() + " " + matter.name()),
                    line.state(),
                    line.flags(),
                    line.sourceId(),
                    line.fileId(),
                    line.billedSeconds(),
                    line.quantity(),
                    line.unit(),
                    line.amount(),
                    line.currency());
        }

        private ChargeBody charge(Charge charge) {
            return new ChargeBody(
                    charge.no(),
                    person(charge.personId()),
                    charge.talkSeconds(),
                    charge.code().isEmpty() ? null : charge.code(),
                    charge.state(),
                    charge.reason().isEmpty() ? null : charge.reason(),
                    charge.agreementVersionId(),
                    charge.billedSeconds(),
                    charge.quantity(),
                    charge.unit(),
                    charge.unitRate(),
                    charge.amount(),
                    charge.currency(),
                    charge.ruleVersion(),
                    charge.explanation(),
                    charge.statementId());
        }
    }
}
