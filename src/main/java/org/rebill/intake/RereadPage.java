package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rebill.call.CallChange;
import org.rebill.call.CallFace;
import org.rebill.call.Calls;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Page;

/** What reading whole files again would change ({@code ?id=}), or did: the calls, old beside new. */
@Named
@RequestScoped
public class RereadPage {
    private static final int ROWS = 50;

    private final Rereads rereads;
    private final Intake intake;
    private final Sources sources;
    private final Firms firms;
    private final Calls calls;
    private final Act act;
    private final Address address;
    private final Formats fmt;
    private final Texts texts;
    private Reread reread;
    private Page<Row> rows;

    @Inject
    RereadPage(
            Rereads rereads,
            Intake intake,
            Sources sources,
            Firms firms,
            Calls calls,
            Act act,
            Address address,
            Formats fmt,
            Texts texts) {
        this.rereads = rereads;
        this.intake = intake;
        this.sources = sources;
        this.firms = firms;
        this.calls = calls;
        this.act = act;
        this.address = address;
        this.fmt = fmt;
        this.texts = texts;
    }

    /**
     * A value of a call, before and after.
     *
     * @param before empty when the call is new
     * @param after empty when it goes
     */
    public record Value(String before, String after) {
        /** Whether it is another. */
        public boolean isOther() {
            return !before.equals(after);
        }
    }

    /** A call as it is shown. */
    public record Row(
            long no,
            CallChange.Kind kind,
            UUID callId,
            Value start,
            Value person,
            Value number,
            Value talk,
            Value code,
            Value client,
            Value amount) {}

    /** The one that the address names. */
    public Reread reread() {
        if (reread == null) {
            reread = rereads.get(address.needed("id", "re-reading"));
        }
        return reread;
    }

    /** The phone system. */
    public Source source() {
        return sources.get(reread().sourceId());
    }

    /** What is read again: the file's name, or from which day. */
    public String scope() {
        return reread().fileId() == null
                ? texts.of("intake.reread.from", fmt.date(reread().fromDay()))
                : intake.file(reread().fileId()).name();
    }

    /** How much was read, in a line. */
    public String read() {
        return texts.of(
                "intake.reread.read",
                reread().files(),
                fmt.count(reread().files()),
                reread().records(),
                fmt.count(reread().records()),
                fmt.count(reread().changedRecords()));
    }

    /** Whether the page looks again by itself. */
    public boolean isAtWork() {
        return reread().state().isAtWork();
    }

    /** Whether it can be applied. */
    public boolean isReady() {
        return reread().state() == Reread.State.PREVIEWED;
    }

    /** Whether the settings were changed after the preview. */
    public boolean isStale() {
        return isReady() && source().version() != reread().sourceVersion();
    }

    /** A piece of the calls that change. */
    public Page<Row> rows() {
        if (rows == null) {
            List<RereadCall> read = rereads.calls(
                    reread().id(),
                    address.choice("show", CallChange.Kind.class).orElse(null),
                    address.number("after").orElse(0L),
                    ROWS + 1);
            Map<UUID, String> names = calls.clientNames(read.stream()
                    .flatMap(call ->
                            Stream.of(call.change().before(), call.change().after()))
                    .filter(Objects::nonNull)
                    .map(CallFace::clientId)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList());
            Map<UUID, Person> people = firms.peopleById();
            rows = Page.of(
                    read.stream().map(call -> row(call, names, people)).toList(), ROWS, row -> Long.toString(row.no()));
        }
        return rows;
    }

    private Row row(RereadCall call, Map<UUID, String> names, Map<UUID, Person> people) {
        CallFace before = call.change().before();
        CallFace after = call.change().after();
        return new Row(
                call.no(),
                call.change().kind(),
                call.change().callId(),
                value(before, after, face -> fmt.dateTimeSeconds(face.startedAt())),
                value(before, after, face -> person(face, people)),
                value(before, after, face -> fmt.number(face.party())),
                value(before, after, face -> fmt.talk(face.talkSeconds())),
                value(before, after, face -> face.code().isEmpty() ? "–" : face.code()),
                value(before, after, face -> face.clientId() == null ? "–" : names.getOrDefault(face.clientId(), "–")),
                value(before, after, face -> face.amount() == null ? "–" : fmt.money(face.amount(), face.currency())));
    }

    private static Value value(CallFace before, CallFace after, Function<CallFace, String> of) {
        return new Value(before == null ? "" : of.apply(before), after == null ? "" : of.apply(after));
    }

    private static String person(CallFace face, Map<UUID, Person> people) {
        Person person = face.personId() == null ? null : people.get(face.personId());
        return person == null ? face.extension() : person.name();
    }

    /** Reads the files again for good. */
    public void apply() {
        act.perform(() -> {
            rereads.apply(address.needed("id", "re-reading"));
            return Act.Done.here(texts.get("intake.reread.applying"));
        });
    }

    /** Closes the preview. */
    public void drop() {
        act.perform(() -> {
            Reread dropped = rereads.drop(address.needed("id", "re-reading"));
            return Act.Done.at("/app/source.xhtml?id=" + dropped.sourceId(), texts.get("intake.reread.dropped"));
        });
    }

    /** Makes the same preview anew, by the settings as they are now. */
    public void again() {
        act.perform(() -> {
            Reread old = rereads.get(address.needed("id", "re-reading"));
            Reread asked = old.fileId() == null
                    ? rereads.askSource(old.sourceId(), old.fromDay())
                    : rereads.askFile(old.fileId());
            return Act.Done.at("/app/reread.xhtml?id=" + asked.id(), "");
        });
    }
}
