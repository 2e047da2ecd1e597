package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rebill.call.NumberPlan;
import org.rebill.firm.Firms;
import org.rebill.firm.Site;
import org.rebill.intake.format.Mapped;
import org.rebill.intake.format.MappingGuess;
import org.rebill.intake.format.Meaning;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordMapping;
import org.rebill.intake.format.RecordMapping.Layout;
import org.rebill.intake.format.SourceSettings;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/**
 * Teaches an unknown format by a sample: what is guessed is shown with the records as they are understood, corrected,
 * and saved as a new source, or in a source that is there ({@code ?source=}).
 */
@Named
@RequestScoped
public class TeachPage {
    private final Teacher teacher;
    private final Sources sources;
    private final Firms firms;
    private final Act act;
    private final Address address;
    private final Texts texts;
    private final SourceForm form = new SourceForm();

    private String sample = "";
    private String like = "";
    private Part file;
    private boolean leave;
    private int version;
    private TeachForm mapping;
    private RecordFormat known;
    private Teacher.Preview preview;
    private Source source;
    private List<Source> templates;

    @Inject
    TeachPage(Teacher teacher, Sources sources, Firms firms, Act act, Address address, Texts texts) {
        this.teacher = teacher;
        this.sources = sources;
        this.firms = firms;
        this.act = act;
        this.address = address;
        this.texts = texts;
    }

    /** Fills the form of the source; not in posts, which bring what was typed. */
    public void load() {
        // Also turns away who may not teach, before anything is written.
        templates();
        taught().ifPresent(one -> {
            version = one.version();
            form.show(one.draft());
            like = one.format().equals(Mapped.ID) ? one.id().toString() : "";
        });
    }

    /** The source whose format is taught; empty for a new one. */
    public Optional<Source> taught() {
        if (source == null && address.id("source").isPresent()) {
            source = sources.get(address.id("source").get());
        }
        return Optional.ofNullable(source);
    }

    /** Sources of the firm that were taught before: their mappings serve for others too. */
    public List<Source> templates() {
        if (templates == null) {
            templates = sources.taught();
        }
        return templates;
    }

    /** Takes the sample, looks whether a format knows it, and guesses, or takes another source's mapping. */
    public void look() {
        attempt(() -> {
            takeFile();
            Teacher.Taught taught = teacher.guess(sample);
            known = taught.known();
            MappingGuess.Guess guess = taught.guess();
            if (like.isEmpty()) {
                mapping = TeachForm.of(guess.mapping(), guess.columns());
                if (taught().isEmpty()) {
                    form.setExtensionDigits(Integer.toString(guess.extensionDigits()));
                }
            } else {
                Source other = sources.get(Address.key(like, "phone system"));
                RecordMapping there = RecordMapping.of(
                        other.formatOptions().getOrDefault(Mapped.MAPPING.name(), Mapped.MAPPING.standard()));
                mapping = TeachForm.of(
                        there,
                        there.columns(
                                teacher.guess(sample, there.layout(), there.header())
                                        .columns(),
                                sample));
                if (taught().isEmpty()) {
                    form.setExtensionDigits(Integer.toString(other.extensionDigits()));
                }
            }
            if (taught().isPresent() && form.getName().isBlank()) {
                // Its fields come up only now: they were not in what was posted.
                form.show(taught().get().draft());
            }
            read();
        });
    }

    /** Reads the sample again with what was corrected. */
    public void again() {
        attempt(() -> {
            takeForm();
            read();
        });
    }

    /** Saves the mapping; refused while records are not understood, unless they may be left. */
    public void save() {
        act.perform(() -> {
            takeForm();
            read();
            if (preview.understood() == 0) {
                throw new Refusal.Invalid("mapping", "sample.nothing", texts.get("intake.teach.nothing"));
            }
            if (preview.missed() > 0 && !leave) {
                throw new Refusal.Invalid(
                        "leave", "records.missed", texts.of("intake.teach.missed.refused", preview.missed()));
            }
            Map<String, String> options = new HashMap<>();
            options.put(Mapped.MAPPING.name(), RecordMapping.of(mapping.text()).text());
            Sources.Draft draft = form.draft(Mapped.ID, false);
            if (taught().isPresent()) {
                // What else was set for a mapped source stays.
                taught().get().formatOptions().forEach((name, value) -> {
                    if (taught().get().format().equals(Mapped.ID)) {
                        options.putIfAbsent(name, value);
                    }
                });
                Source changed = sources.change(taught().get().id(), version, draft.with(options));
                return Act.Done.at(
                        "/app/sources.xhtml?source=" + changed.id(), texts.of("intake.source.changed", changed.name()));
            }
            Source created = sources.create(draft.with(options));
            return Act.Done.at(
                    "/app/sources.xhtml?source=" + created.id(), texts.of("intake.source.added", created.name()));
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Shows what came of it on this page; what is refused stands at the fields. */
    private void attempt(Work work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            act.perform(() -> {
                throw refusal;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeFile() throws IOException {
        if (file == null || file.getSize() == 0) {
            return;
        }
        try (InputStream content = file.getInputStream()) {
            byte[] bytes = content.readNBytes(Teacher.MOST);
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.indexOf('\ufffd') >= 0) {
                text = new String(bytes, StandardCharsets.ISO_8859_1);
            }
            int lastLine = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
            // The beginning of a longer file ends in the middle of a line.
            sample = bytes.length == Teacher.MOST && lastLine > 0 ? text.substring(0, lastLine + 1) : text;
        }
    }

    private void takeForm() {
        Map<String, String> posted =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        Layout layout = Arrays.stream(Layout.values())
                .filter(one -> one.word().equals(posted.get("layout")))
                .findFirst()
                .orElse(Layout.COMMA);
        boolean header = posted.containsKey("header");
        MappingGuess.Guess guess = teacher.guess(sample, layout, header);
        boolean other =
                !layout.word().equals(posted.get("cut-layout")) || header != "true".equals(posted.get("cut-header"));
        mapping = other
                ? TeachForm.of(guess.mapping(), guess.columns())
                : TeachForm.posted(name -> posted.getOrDefault(name, "").strip(), layout, header, guess.columns());
    }

    private void read() {
        preview = teacher.preview(sample, mapping.text(), settings());
    }

    private SourceSettings settings() {
        Sources.Draft draft = form.draft(Mapped.ID, false);
        Site site = firms.sites().stream()
                .filter(one -> draft.siteId() == null || one.id().equals(draft.siteId()))
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound("place"));
        NumberPlan plan = new NumberPlan(
                draft.country() == null ? site.country() : draft.country(),
                draft.areaCode(),
                draft.outsidePrefix(),
                draft.extensionDigits());
        return new SourceSettings(
                site.id(),
                zone(draft.zone() == null ? site.zone() : draft.zone()),
                draft.stampsInUtc(),
                plan,
                Map.of());
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new Refusal.Invalid(
                    "zone",
                    "zone.unknown",
                    "There is no time zone '" + name + "'. Use a name such as America/Chicago.");
        }
    }

    /** Whether there is a sample that was looked at. */
    public boolean isLookedAt() {
        // Also while a post comes in, whose form must be there to be read.
        return mapping != null
                || FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterMap()
                        .containsKey("cut-layout");
    }

    /** The mapping as it is shown. */
    public TeachForm mapping() {
        return mapping;
    }

    /** The format of this build that knows the sample; null when none does. */
    public RecordFormat known() {
        return known;
    }

    /** The sample as it is understood; null when the mapping is wrong or not whole. */
    public Teacher.Preview preview() {
        return preview;
    }

    /** Ways to cut a line. */
    public Layout[] layouts() {
        return Layout.values();
    }

    /** What a column may mean. */
    public Meaning[] meanings() {
        return Meaning.values();
    }

    public SourceForm getForm() {
        return form;
    }

    public String getSample() {
        return sample;
    }

    public void setSample(String sample) {
        this.sample = sample == null ? "" : sample;
    }

    public String getLike() {
        return like;
    }

    public void setLike(String like) {
        this.like = like == null ? "" : like;
    }

    public Part getFile() {
        return file;
    }

    public void setFile(Part file) {
        this.file = file;
    }

    public boolean isLeave() {
        return leave;
    }

    public void setLeave(boolean leave) {
        this.leave = leave;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }
}
