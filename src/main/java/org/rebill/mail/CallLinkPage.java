package org.rebill.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rebill.call.CallLine;
import org.rebill.call.Direction;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** The calls of a daily mail on the phone, without a sign-in: tap a code, confirm. */
@Named
@RequestScoped
public class CallLinkPage {
    private final HttpServletRequest request;
    private final CallLists lists;
    private final Formats formats;
    private final Texts texts;
    private List<CallLists.Item> items;

    @Inject
    CallLinkPage(HttpServletRequest request, CallLists lists, Formats formats, Texts texts) {
        this.request = request;
        this.lists = lists;
        this.formats = formats;
        this.texts = texts;
    }

    private Links.Opened link() {
        return (Links.Opened) request.getAttribute(LinkFilter.OPENED);
    }

    private List<CallLists.Item> items() {
        if (items == null) {
            items = lists.items(link().about());
        }
        return items;
    }

    /** A code to tap, with its reason in words. */
    public record Choice(String code, String label, String reason) {}

    /** A call as it is shown. */
    public record Row(String id, String party, String detail, List<Choice> choices, boolean open, String code) {}

    private Row row(CallLists.Item item) {
        CallLine call = item.call();
        return new Row(
                call.id().toString(),
                texts.of(
                        call.direction() == Direction.OUT ? "mail.calls.out" : "mail.calls.in",
                        formats.number(call.party())),
                formats.dateTime(call.startedAt()) + " · " + formats.talk(call.talkSeconds()),
                item.chips().stream()
                        .map(chip -> new Choice(
                                chip.code(),
                                chip.label(),
                                texts.of(
                                        "mail.calls.reason." + chip.whose(),
                                        formats.count(chip.of()),
                                        formats.count(chip.total()))))
                        .toList(),
                item.open(),
                item.used() == null ? call.code() : item.used());
    }

    /** The call that a tapped code or "another code" is for; refused (404) when it is not on this list. */
    public Row chosen() {
        String call = parameter("call");
        return call.isEmpty() ? null : row(item(call));
    }

    private CallLists.Item item(String call) {
        return items().stream()
                .filter(item -> item.call().id().toString().equals(call))
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound("call on this list"));
    }

    /** The code that was tapped, or empty. */
    public String code() {
        return parameter("code");
    }

    /** What the tapped code stands for; empty for one that was not proposed. */
    public String label() {
        return Optional.ofNullable(chosen()).stream()
                .flatMap(row -> row.choices().stream())
                .filter(choice -> choice.code().equals(code()))
                .map(Choice::label)
                .findFirst()
                .orElse("");
    }

    /** All calls of the list. */
    public List<Row> rows() {
        return items().stream().map(this::row).toList();
    }

    /** How many still need a code. */
    public long open() {
        return items().stream().filter(CallLists.Item::open).count();
    }

    /** What was refused, in words; empty when nothing was. */
    public String problem() {
        Object text = request.getAttribute(CallLinkServlet.PROBLEM);
        return text == null ? "" : text.toString();
    }

    /** A code was given just now. */
    public String done() {
        return parameter("done");
    }

    /** Until when the link is valid. */
    public Instant expiresAt() {
        return link().expiresAt();
    }

    /** The link's own text, for forms. */
    public String secret() {
        return parameter("t");
    }

    private String parameter(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }
}
