package org.rebill.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rebill.agreement.Agreements;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.firm.Extension;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.ledger.Charge;
import org.rebill.ledger.ChargeState;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Json;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.Wording;

/** The open call beside the list: from its amount back to the bytes. */
@Named
@RequestScoped
public class CallPage {
    /** A device of a telephone in a channel's name, such as {@code PJSIP/203-00000a44}. */
    private static final Pattern DEVICE = Pattern.compile("/(\\d{2,8})\\b");

    private final Calls calls;
    private final CallCodes codes;
    private final Clients clients;
    private final Agreements agreements;
    private final Firms firms;
    private final Address address;
    private final Formats formats;
    private final Texts texts;
    private final Act act;

    private CallDetails details;
    private Map<UUID, Person> people;
    private Map<String, UUID> telephones;
    private List<Price> prices;

    @Inject
    CallPage(
            Calls calls,
            CallCodes codes,
            Clients clients,
            Agreements agreements,
            Firms firms,
            Address address,
            Formats formats,
            Texts texts,
            Act act) {
        this.calls = calls;
        this.codes = codes;
        this.clients = clients;
        this.agreements = agreements;
        this.firms = firms;
        this.address = address;
        this.formats = formats;
        this.texts = texts;
        this.act = act;
    }

    /**
     * How the price of one talk came about, or why there is none.
     *
     * @param person who talked
     * @param steps sentences
     * @param reason in words; empty when rated
     * @param agreement what was agreed, or null
     * @param holds the steps, computed again, give the same
     */
    public record Price(
            Charge charge,
            String person,
            List<String> steps,
            String reason,
            Agreements.Reference agreement,
            boolean holds) {}

    /** A record of the phone system as it came. */
    public record Raw(CallDetails.SourceRecord record, String text, boolean whole, boolean unchanged) {}

    /** A sentence about the call, and its tone. */
    public record Notice(String tone, String text) {}

    /** Something that can be checked, and its mark. */
    public record Proof(boolean holds, String text, String mark) {}

    /** Whether a call is open. */
    public boolean isOpen() {
        return !address.text("call").isEmpty();
    }

    /** All that is known of it. */
    public CallDetails details() {
        if (details == null) {
            details = calls.get(address.needed("call", "call"));
        }
        return details;
    }

    public CallLine call() {
        return details().call();
    }

    /** What should be known of the call before it is billed, in the order in which it was found. */
    public List<Notice> notices() {
        return call().flags().stream()
                .flatMap(code -> CallFlag.of(code).stream())
                .map(flag -> new Notice(flag.isDoubt() ? "warn" : "info", flag.text(texts.language())))
                .toList();
    }

    private Map<UUID, Person> people() {
        if (people == null) {
            people = firms.peopleById();
        }
        return people;
    }

    private Map<String, UUID> telephones() {
        if (telephones == null) {
            telephones = firms.extensions().stream()
                    .collect(Collectors.toMap(Extension::number, Extension::personId, (one, other) -> one));
        }
        return telephones;
    }

    private String person(UUID id, String extension) {
        Person person = id == null ? null : people().get(id);
        return person == null ? texts.of("call.extension", extension) : person.name();
    }

    /** Who of the firm, in full. */
    public String person() {
        return call().personId() == null && call().extension().isEmpty()
                ? ""
                : person(call().personId(), call().extension());
    }

    /** The client's name, or an empty text. */
    public String client() {
        UUID id = call().clientId();
        return id == null ? "" : clients.names(List.of(id)).getOrDefault(id, "");
    }

    /** Reference and name of the matter, or an empty text. */
    public String matter() {
        UUID id = call().matterId();
        Matter matter = id == null ? null : clients.matters(List.of(id)).get(id);
        return matter == null ? "" : matter.reference() + " " + matter.name();
    }

    /** The code can still be changed: the call is on no issued statement, and somebody talked. */
    public boolean isChangeable() {
        return call().state() != CallState.BILLED && call().state() != CallState.NO_ANSWER;
    }

    /** The code was given by hand and can be taken back. */
    public boolean isGiven() {
        return call().codeOrigin() == CodeOrigin.WEB && isChangeable();
    }

    /** The legs as a drawing. */
    public CallTimeline timeline() {
        return CallTimeline.of(
                call().startedAt(), call().endedAt(), drawn(), details().talks(), this::label);
    }

    private List<Leg> drawn() {
        return CallTimeline.drawn(
                details().records().stream().map(CallDetails.SourceRecord::leg).toList());
    }

    /** Whose telephone a leg was: of the talk that began with it, else as its channels are named. */
    private String label(Leg leg) {
        String extension = details().talks().stream()
                .filter(talk -> CallTimeline.begins(talk, leg))
                .map(PersonTalk::extension)
                .findFirst()
                .or(() -> device(leg.toSide()))
                .or(() -> device(leg.fromSide()))
                .orElse(leg.called());
        UUID person = telephones().get(extension);
        return person == null || !people().containsKey(person)
                ? extension
                : CallsPage.shortName(people().get(person).name());
    }

    private Optional<String> device(String channel) {
        Matcher found = DEVICE.matcher(channel);
        return found.find() && telephones().containsKey(found.group(1))
                ? Optional.of(found.group(1))
                : Optional.empty();
    }

    /** A point on the line of time in words: the time at its start, then minutes or seconds after it. */
    public String tick(CallTimeline.Tick tick) {
        if (tick.seconds() == 0) {
            return formats.time(call().startedAt());
        }
        return tick.seconds() % 60 == 0 ? "+" + tick.seconds() / 60 + " min" : "+" + tick.seconds() + " s";
    }

    /** The drawing in words, for those who do not see it. */
    public String timelineWords() {
        return drawn().stream()
                .map(leg -> label(leg) + ": "
                        + (leg.answeredAt() == null
                                ? texts.get("call.leg.unanswered")
                                : texts.of("call.leg.talk", formats.talk(leg.talkSeconds()))))
                .collect(Collectors.joining("; "));
    }

    /** What each talk costs. */
    public List<Price> prices() {
        if (prices == null) {
            Map<UUID, Agreements.Reference> references = agreements.references(details().charges().stream()
                    .map(Charge::agreementVersionId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
            prices = details().charges().stream()
                    .map(charge -> price(charge, references))
                    .toList();
        }
        return prices;
    }

    private Price price(Charge charge, Map<UUID, Agreements.Reference> references) {
        String person = person(charge.personId(), charge.extension());
        if (charge.state() != ChargeState.RATED) {
            String key = charge.reason().isEmpty() ? "" + charge.state() : charge.reason();
            return new Price(charge, person, List.of(), texts.get("call.reason." + key), null, true);
        }
        List<Rated.Step> steps = List.of(Json.read(charge.explanation(), Rated.Step[].class));
        List<String> told = Wording.of(firms.current().profile().javaLocale())
                .tell(steps, Rated.Unit.valueOf(charge.unit()), Currency.getInstance(charge.currency()));
        return new Price(
                charge,
                person,
                told,
                "",
                references.get(charge.agreementVersionId()),
                Rating.firstBreak(steps).isEmpty());
    }

    /** The amount of the whole call, or null. */
    public BigDecimal amount() {
        return call().amount();
    }

    /** The records as they came. */
    public List<Raw> raw() {
        return details().records().stream()
                .map(record -> new Raw(
                        record,
                        RawRecord.text(record.bytes()),
                        record.bytes().length >= record.byteLength(),
                        unchanged(record)))
                .toList();
    }

    /** The call records as they came. */
    public List<Raw> records() {
        return raw().stream().filter(raw -> !raw.record().leg().isEvent()).toList();
    }

    /** What the phone system told beside its records, as it came, in order of time. */
    public List<Raw> events() {
        return raw().stream().filter(raw -> raw.record().leg().isEvent()).toList();
    }

    /** An event in words: when, what, and on which channel. */
    public String event(Raw event) {
        Leg leg = event.record().leg();
        return texts.of(
                "call.event",
                formats.timeSeconds(leg.startedAt()),
                texts.get("call.event." + leg.disposition()),
                leg.fromSide());
    }

    private static boolean unchanged(CallDetails.SourceRecord record) {
        byte[] bytes = record.bytes();
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            ByteBuffer hash = ByteBuffer.wrap(sha256.digest(Arrays.copyOf(bytes, length)));
            return new UUID(hash.getLong(), hash.getLong()).equals(record.contentHash());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** What stands behind the amount, checked now. */
    public List<Proof> proofs() {
        List<Proof> proofs = new ArrayList<>();
        List<Raw> whole = raw().stream().filter(Raw::whole).toList();
        if (!whole.isEmpty()) {
            boolean holds = whole.stream().allMatch(Raw::unchanged);
            proofs.add(new Proof(
                    holds,
                    texts.of(holds ? "call.proof.bytes" : "call.proof.bytes.changed", whole.size()),
                    formats.shortHash(
                            whole.get(0).record().contentHash().toString().replace("-", ""))));
        }
        proofs.add(code());
        prices().stream()
                .map(Price::agreement)
                .filter(Objects::nonNull)
                .distinct()
                .map(agreement -> new Proof(
                        true,
                        texts.of(
                                "call.proof.agreed",
                                agreement.number(),
                                agreement.version(),
                                formats.dateOf(agreement.acceptedAt()),
                                agreement.acceptedBy()),
                        formats.hash(agreement.textSha256())))
                .forEach(proofs::add);
        List<Price> rated =
                prices().stream().filter(price -> !price.steps().isEmpty()).toList();
        if (!rated.isEmpty()) {
            boolean holds = rated.stream().allMatch(Price::holds);
            proofs.add(new Proof(
                    holds,
                    texts.get(holds ? "call.proof.price" : "call.proof.price.differs"),
                    texts.of("call.proof.rules", rated.get(0).charge().ruleVersion())));
        }
        return proofs;
    }

    private Proof code() {
        List<CallDetails.GivenCode> given = details().codes();
        if (call().codeOrigin() == CodeOrigin.WEB && !given.isEmpty()) {
            CallDetails.GivenCode last = given.get(given.size() - 1);
            return new Proof(
                    true, texts.of("call.proof.given", last.code(), last.author(), formats.dateTime(last.at())), "");
        }
        return details().pbxCode().isEmpty()
                ? new Proof(false, texts.get("call.proof.nocode"), "")
                : new Proof(true, texts.of("call.proof.pbx", details().pbxCode()), "");
    }

    /** Takes back what was given: the phone system's code stands again. */
    public void takeBack() {
        act.perform(() -> {
            codes.give(List.of(call().id()), "");
            return Act.Done.here(texts.get("call.takenback"));
        });
    }
}
