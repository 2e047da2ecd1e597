package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.firm.Firms;
import org.rebill.firm.Site;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** The firm's sources and the files that came; where files are given in and sources added. */
@Named
@RequestScoped
public class SourcesPage {
    private static final int ROWS = 25;

    private final Sources sources;
    private final Intake intake;
    private final SourceHealth health;
    private final RecordFormats formats;
    private final Firms firms;
    private final Act act;
    private final Address address;
    private final Texts texts;

    private List<Line> lines;
    private Page<IntakeFile> files;
    private Map<UUID, String> names;

    private String sourceId;
    private List<Part> parts = List.of();

    private final SourceForm form = new SourceForm();

    @Inject
    SourcesPage(
            Sources sources,
            Intake intake,
            SourceHealth health,
            RecordFormats formats,
            Firms firms,
            Act act,
            Address address,
            Texts texts) {
        this.sources = sources;
        this.intake = intake;
        this.health = health;
        this.formats = formats;
        this.firms = firms;
        this.act = act;
        this.address = address;
        this.texts = texts;
    }

    /**
     * A source in the list.
     *
     * @param feed state of the feed: WAITING, WELL or CHECK
     * @param last the file that came last, or null
     * @param health as it was last noted
     * @param lastRecord start of its latest record, or null
     */
    public record Line(
            Source source,
            String format,
            String site,
            String feed,
            IntakeFile last,
            Health.State health,
            Instant lastRecord) {}

    /** By name. */
    public List<Line> lines() {
        if (lines == null) {
            Map<UUID, IntakeFile> newest = intake.newest();
            Map<UUID, String> sites = firms.sites().stream().collect(Collectors.toMap(Site::id, Site::name));
            Map<UUID, SourceWatch> noted = health.noted();
            lines = sources.all().stream()
                    .map(source -> line(
                            source,
                            sites.get(source.siteId()),
                            newest.get(source.id()),
                            Optional.ofNullable(noted.get(source.id()))))
                    .toList();
        }
        return lines;
    }

    private Line line(Source source, String site, IntakeFile last, Optional<SourceWatch> watch) {
        return new Line(
                source,
                formats.find(source.format()).map(RecordFormat::name).orElse(source.format()),
                site,
                feed(last),
                last,
                watch.map(SourceWatch::state).orElse(Health.State.NEVER),
                watch.map(SourceWatch::lastAt).orElse(null));
    }

    private static String feed(IntakeFile last) {
        if (last == null) {
            return "WAITING";
        }
        return last.state() == FileState.FAILED || last.failure() != null || last.quarantined() > 0 ? "CHECK" : "WELL";
    }

    /** Files of the source that the address names, or of all; newest first. */
    public Page<IntakeFile> files() {
        if (files == null) {
            files = Page.of(
                    intake.files(
                            address.id("source").orElse(null),
                            address.id("after").orElse(null),
                            ROWS + 1),
                    ROWS,
                    file -> file.id().toString());
        }
        return files;
    }

    /** Whether something on the page will change by itself. */
    public boolean isReading() {
        return files().items().stream()
                .anyMatch(file -> file.state() == FileState.STORED || file.state() == FileState.READING);
    }

    /** A source's name. */
    public String sourceName(UUID id) {
        if (names == null) {
            names = sources.names();
        }
        return names.getOrDefault(id, "");
    }

    /** Whether the form for a new source is open. */
    public boolean isAdding() {
        return address.is("add", "1") || lines().isEmpty();
    }

    /** Whether an upload was turned away for its size before it was read. */
    public boolean isTooLarge() {
        return address.is(UploadLimit.REFUSED, "size");
    }

    /** Bytes of the largest file that is taken. */
    public long most() {
        return Spool.MAX_BYTES;
    }

    /** Adds the source. */
    public void add() {
        act.perform(() -> {
            Source source = sources.create(form.draft());
            return Act.Done.at(
                    "/app/sources.xhtml?source=" + source.id(), texts.of("intake.source.added", source.name()));
        });
    }

    /** Takes the chosen files in; those that are refused are named, the others stay. */
    public void send() {
        act.perform(() -> {
            UUID source = chosen();
            List<Part> chosen = sent();
            if (chosen.isEmpty()) {
                throw new Refusal.Invalid("file", "file.missing", texts.get("intake.upload.none"));
            }
            List<Intake.Taken> taken = new ArrayList<>();
            List<Refusal.Problem> refused = new ArrayList<>();
            for (Part part : chosen) {
                try {
                    taken.addAll(take(source, part).files());
                } catch (Refusal.Invalid | Refusal.WrongType | Refusal.TooLarge e) {
                    Refusal.Problem problem = e.problems().get(0);
                    refused.add(new Refusal.Problem(
                            "file", problem.code(), part.getSubmittedFileName() + ": " + problem.text()));
                }
            }
            if (!refused.isEmpty()) {
                if (!taken.isEmpty()) {
                    refused.add(
                            new Refusal.Problem("file", "file.others", texts.of("intake.upload.others", taken.size())));
                }
                throw new Refusal.Invalid(refused);
            }
            return done(source, taken);
        });
    }

    private UUID chosen() {
        if (sourceId == null || sourceId.isEmpty()) {
            List<Line> all = lines();
            if (all.size() != 1) {
                throw new Refusal.Invalid("source", "source.missing", texts.get("intake.upload.nosource"));
            }
            return all.get(0).source().id();
        }
        return UUID.fromString(sourceId);
    }

    /** From the request itself: Faces leaves empty files out, and they too must be told. */
    private static List<Part> sent() throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        return request.getParts().stream()
                .filter(part -> part.getSubmittedFileName() != null
                        && !part.getSubmittedFileName().isBlank())
                .toList();
    }

    private Intake.Taken take(UUID source, Part part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            return intake.take(source, part.getSubmittedFileName(), content, IntakeFile.Via.UPLOAD);
        }
    }

    private Act.Done done(UUID source, List<Intake.Taken> taken) {
        if (taken.size() == 1) {
            Intake.Taken one = taken.get(0);
            return Act.Done.at(
                    "/app/file.xhtml?id=" + one.file().id(),
                    texts.of(
                            one.known() ? "intake.upload.known" : "intake.upload.taken",
                            one.file().name()));
        }
        long known = taken.stream().filter(Intake.Taken::known).count();
        return Act.Done.at(
                "/app/sources.xhtml?source=" + source,
                texts.of("intake.upload.takenMany", taken.size() - known, known));
    }

    public String getSourceId() {
        return sourceId == null ? address.text("source") : sourceId;
    }

    public void setSourceId(String sourceId) {
        this.sourceId = sourceId;
    }

    public List<Part> getParts() {
        return parts;
    }

    public void setParts(List<Part> parts) {
        this.parts = parts == null ? List.of() : List.copyOf(parts);
    }

    public SourceForm getForm() {
        return form;
    }
}
