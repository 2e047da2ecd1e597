package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import org.rebill.call.Calls;
import org.rebill.call.RawRecord;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Page;

/** One file: what became of every record in it. */
@Named
@RequestScoped
public class FilePage {
    private static final int ROWS = 20;

    private final Intake intake;
    private final Rereads rereads;
    private final Calls calls;
    private final Sources sources;
    private final RecordFormats formats;
    private final Address address;
    private final Formats fmt;
    private final Texts texts;
    private final Act act;

    private String reason = "";
    private IntakeFile file;
    private Source source;
    private List<Intake.Reason> reasons;
    private List<Intake.First> firsts;
    private Page<Row> rows;
    private String looksLike;
    private List<IntakeFile> members;
    private List<Impossible> impossible;
    private List<String> findings;

    @Inject
    FilePage(
            Intake intake,
            Rereads rereads,
            Calls calls,
            Sources sources,
            RecordFormats formats,
            Address address,
            Formats fmt,
            Texts texts,
            Act act) {
        this.intake = intake;
        this.rereads = rereads;
        this.calls = calls;
        this.sources = sources;
        this.formats = formats;
        this.address = address;
        this.fmt = fmt;
        this.texts = texts;
        this.act = act;
    }

    /**
     * A record as it is shown.
     *
     * @param bytes its first bytes: as text, or as a table of values when that can't be printed
     * @param cut how many bytes are not shown
     * @param firstName name of the file of the record that counts; empty unless it is a duplicate
     */
    public record Row(IntakeRecord record, String bytes, long cut, String firstName) {}

    /** The file that the address names. */
    public IntakeFile file() {
        if (file == null) {
            file = intake.file(address.needed("id", "file"));
        }
        return file;
    }

    /** Where it came from. */
    public Source source() {
        if (source == null) {
            source = sources.get(file().sourceId());
        }
        return source;
    }

    /** The format's name for people. */
    public String format() {
        return formats.find(source().format()).map(RecordFormat::name).orElse(source().format());
    }

    /** Format, size, when and by whom, in a line. */
    public String origin() {
        return texts.of(
                "intake.file.sub",
                format(),
                fmt.bytes(file().sizeBytes()),
                fmt.dateTime(file().receivedAt()),
                file().receivedBy());
    }

    /** The archive that it came in; null when it came by itself. */
    public IntakeFile archive() {
        return intake.archives(List.of(file().id())).get(file().id());
    }

    /** Whether it is an archive: then what was in it is shown instead of records. */
    public boolean isUnpacked() {
        return file().state() == FileState.UNPACKED;
    }

    /** The files that were in it, in its order. */
    public List<IntakeFile> members() {
        if (members == null) {
            members = intake.members(file().id());
        }
        return members;
    }

    /** Some of them are still to be read: the page looks again by itself. */
    public boolean isMembersReading() {
        return members().stream().anyMatch(FilePage::isReading);
    }

    /** Still to be read, or being read: the page looks again by itself. */
    public boolean isReading() {
        return isReading(file());
    }

    private static boolean isReading(IntakeFile one) {
        return one.state() == FileState.STORED || one.state() == FileState.READING;
    }

    /** Quarantined records are read again: the page looks again by itself. */
    public boolean isReplaying() {
        return file().isReplaying();
    }

    /** What a file of which nothing could be read seems to be; empty when it can't be told. */
    public String looksLike() {
        if (looksLike == null) {
            looksLike = intake.looksLike(file().id())
                    .filter(other -> !other.id().equals(source().format()))
                    .map(RecordFormat::name)
                    .orElse("");
        }
        return looksLike;
    }

    /** Reads the quarantined records again. */
    public void replay() {
        act.perform(() -> {
            intake.replay(address.needed("id", "file"));
            return Act.Done.here(texts.get("intake.replay.asked"));
        });
    }

    /** Asks what reading the whole file again would change. */
    public void reread() {
        act.perform(() -> Act.Done.at(
                "/app/reread.xhtml?id="
                        + rereads.askFile(address.needed("id", "file")).id(),
                ""));
    }

    /** Sets the quarantined records aside, one or all, as the button says. */
    public void setAside() {
        act.perform(() -> {
            String one = address.text("record");
            UUID id = address.needed("id", "file");
            long before = intake.file(id).quarantined();
            IntakeFile left = intake.setAside(id, one.matches("[0-9]{1,18}") ? Long.valueOf(one) : null, reason);
            long moved = before - left.quarantined();
            return Act.Done.here(texts.of("intake.aside.done", moved, fmt.count(moved)));
        });
    }

    /** Why records are set aside, as typed. */
    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** The outcome whose records are listed: the address's, else the first that has any. */
    public IntakeRecord.Outcome shown() {
        return address.choice("show", IntakeRecord.Outcome.class).orElseGet(() -> {
            if (file().quarantined() == 0 && file().duplicates() > 0) {
                return IntakeRecord.Outcome.DUPLICATE;
            }
            if (file().quarantined() == 0 && file().ignored() > 0) {
                return IntakeRecord.Outcome.IGNORED;
            }
            return IntakeRecord.Outcome.QUARANTINED;
        });
    }

    /** How many records have the outcome. */
    public long count(String outcome) {
        return switch (IntakeRecord.Outcome.valueOf(outcome)) {
            case DUPLICATE -> file().duplicates();
            case IGNORED -> file().ignored();
            case QUARANTINED -> file().quarantined();
        };
    }

    /** A piece of the listed records. */
    public Page<Row> rows() {
        if (rows == null) {
            List<IntakeRecord> read = intake.records(
                    file().id(),
                    shown(),
                    address.text("reason"),
                    address.number("after").orElse(0L),
                    ROWS + 1);
            rows = Page.of(
                    read.stream().map(this::row).toList(),
                    ROWS,
                    row -> Long.toString(row.record().recordNo()));
        }
        return rows;
    }

    private Row row(IntakeRecord record) {
        byte[] raw = intake.raw(record.fileId(), record.byteOffset(), record.byteLength());
        boolean printable = RawRecord.isPrintable(raw);
        return new Row(
                record,
                printable ? RawRecord.text(raw) : RawRecord.dump(raw, record.byteOffset()),
                record.byteLength() - raw.length,
                firstName(record.firstFileId()));
    }

    private String firstName(UUID id) {
        if (id == null) {
            return "";
        }
        if (id.equals(file().id())) {
            return texts.get("intake.file.this");
        }
        return firsts().stream()
                .filter(first -> first.fileId().equals(id))
                .map(Intake.First::name)
                .findFirst()
                .orElse("");
    }

    /** Files in which the duplicates came first. */
    public List<Intake.First> firsts() {
        if (firsts == null) {
            firsts = intake.firsts(file().id());
        }
        return firsts;
    }

    /** Duplicates with other content than the record that counts. */
    public long changed() {
        return reasons().stream()
                .filter(reason -> reason.outcome() == IntakeRecord.Outcome.DUPLICATE
                        && reason.reason().equals(IntakeRecord.CHANGED))
                .mapToLong(Intake.Reason::records)
                .sum();
    }

    /**
     * Calls that can't have happened as their records say.
     *
     * @param flag as the list of calls takes it
     */
    public record Impossible(String flag, String text, long calls) {}

    /** Such calls of this file, by reason. */
    public List<Impossible> impossible() {
        if (impossible == null) {
            impossible = calls.impossible(file().id()).entrySet().stream()
                    .map(count -> new Impossible(
                            count.getKey().code(), count.getKey().shortText(texts.language()), count.getValue()))
                    .toList();
        }
        return impossible;
    }

    /** What the file shows of its whole feed that can't be right, a sentence each. */
    public List<String> findings() {
        if (findings == null) {
            findings = intake.findings(file().id()).stream().map(this::sentence).toList();
        }
        return findings;
    }

    private String sentence(FeedFinding finding) {
        return switch (finding.kind()) {
            case MISSING_HOURS ->
                texts.of(
                        "intake.finding.MISSING_HOURS",
                        fmt.dateTime(finding.fromAt()),
                        fmt.dateTime(finding.toAt()),
                        fmt.count(finding.usual()));
            case CLOCK_SET_BACK, CLOCK_AHEAD ->
                texts.of(
                        "intake.finding." + finding.kind(),
                        fmt.dateTime(finding.fromAt()),
                        fmt.dateTime(finding.toAt()),
                        fmt.count(finding.lineNo()));
        };
    }

    /** Why records are not part of a call. */
    public List<Intake.Reason> reasons() {
        if (reasons == null) {
            reasons = intake.reasons(file().id());
        }
        return reasons;
    }

    /** The reasons of one outcome in words, such as "31 blank, 1 header". */
    public String inWords(String outcome) {
        return String.join(
                ", ",
                reasons().stream()
                        .filter(reason -> reason.outcome().name().equals(outcome))
                        .map(reason -> fmt.count(reason.records()) + " " + word(reason.reason()))
                        .toList());
    }

    /** A reason's name: the bundle's, else the code in words. */
    public String word(String reason) {
        String key = "intake.reason." + reason;
        return texts.has(key) ? texts.get(key) : reason.replace('.', ' ').replace('-', ' ');
    }

    /** Width of one part of the meter, in per cent of all records. */
    public String width(long part) {
        long all = Math.max(1, file().records());
        return BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(all), 3, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
