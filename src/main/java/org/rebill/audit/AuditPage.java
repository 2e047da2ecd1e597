package org.rebill.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Json;

/** The firm's audit log, newest first, in words. */
@Named
@RequestScoped
public class AuditPage {
    private static final int ROWS = 60;
    /** Fields that name a thing to people, best first. */
    private static final List<String> NAMES = List.of("name", "number", "code", "label", "subject");
    /** Longest value that is shown in a row of changes. */
    private static final int SHOWN = 160;

    private static final Map<String, String> PLACES = Map.of(
            "call", "calls.xhtml?call=",
            "client", "client.xhtml?id=",
            "agreement", "agreement.xhtml?id=",
            "statement", "statement.xhtml?id=",
            "file", "file.xhtml?id=",
            "mail", "mail.xhtml?id=",
            "rerating", "reratings.xhtml?id=");

    /** One act. */
    public record Row(
            long seq,
            Instant at,
            String actor,
            String from,
            String words,
            String what,
            String href,
            List<Change> changes,
            String hash) {}

    /** A field before and after; empty where there was nothing. */
    public record Change(String field, String before, String after) {}

    /** The acts of one day. */
    public record Day(LocalDate date, List<Row> rows) {}

    private final AuditLog log;
    private final Address address;
    private final Formats formats;
    private final Texts texts;
    private List<Day> days;
    private String next;
    private String broken;

    @Inject
    AuditPage(AuditLog log, Address address, Formats formats, Texts texts) {
        this.log = log;
        this.address = address;
        this.formats = formats;
        this.texts = texts;
    }

    /** The acts by day, newest first. */
    public List<Day> days() {
        if (days == null) {
            List<AuditEntry> entries = log.newest(address.number("after").orElse(Long.MAX_VALUE), ROWS + 1);
            next = entries.size() > ROWS ? Long.toString(entries.get(ROWS - 1).seq()) : null;
            days = new ArrayList<>();
            for (AuditEntry entry : entries.subList(0, Math.min(ROWS, entries.size()))) {
                LocalDate date = formats.day(entry.at());
                if (days.isEmpty() || !days.get(days.size() - 1).date().equals(date)) {
                    days.add(new Day(date, new ArrayList<>()));
                }
                days.get(days.size() - 1).rows().add(row(entry));
            }
        }
        return days;
    }

    /** Where the list goes on, or null. */
    public String next() {
        days();
        return next;
    }

    /** The last few, for the overview. */
    public List<Row> latest(int count) {
        return log.newest(Long.MAX_VALUE, count).stream().map(this::row).toList();
    }

    private Row row(AuditEntry entry) {
        JsonNode document = Json.read(entry.entry(), JsonNode.class);
        JsonNode before = document.path("before");
        JsonNode after = document.path("after");
        String key = "audit." + entry.action();
        int slash = entry.subject().indexOf('/');
        String place = PLACES.get(entry.subject().substring(0, slash));
        return new Row(
                entry.seq(),
                entry.at(),
                entry.actor(),
                document.path("from").asText(),
                texts.has(key)
                        ? texts.get(key)
                        : entry.action().replace('.', ' ').replace('-', ' '),
                name(after).or(() -> name(before)).orElse(""),
                place == null ? "" : place + entry.subject().substring(slash + 1),
                changes(before, after),
                formats.hex(entry.hash()));
    }

    private static Optional<String> name(JsonNode thing) {
        return NAMES.stream()
                .map(thing::path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty() && !text.equals("null"))
                .findFirst();
    }

    private static List<Change> changes(JsonNode before, JsonNode after) {
        Set<String> fields = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(fields::add);
        after.fieldNames().forEachRemaining(fields::add);
        return fields.stream()
                .map(field -> new Change(field, shown(before.path(field)), shown(after.path(field))))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    private static String shown(JsonNode value) {
        if (value instanceof MissingNode || value.isNull()) {
            return "";
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Whether the chain is to be computed again. */
    public boolean isChecking() {
        return !address.text("check").isEmpty();
    }

    /** What is wrong at the first broken entry; empty when all hold. */
    public String broken() {
        if (broken == null) {
            broken = log.firstBreak().orElse("");
        }
        return broken;
    }
}
