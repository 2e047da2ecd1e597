package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Site;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.intake.format.FormatOption;
import org.rebill.intake.format.Mapped;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** The firm's feeds of records. */
@ApplicationScoped
public class Sources {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int NAME = 200;
    private static final Pattern DIGITS = Pattern.compile("[0-9]*");

    private final EntityManager entities;
    private final AuditLog audit;
    private final RecordFormats formats;

    @Inject
    Sources(EntityManager entities, AuditLog audit, RecordFormats formats) {
        this.entities = entities;
        this.audit = audit;
        this.formats = formats;
    }

    /**
     * What a firm says of a feed; checked in one way when it is added and when it is changed.
     *
     * @param siteId the place of the phone system
     * @param name one of a kind in the firm, at most 200 characters
     * @param format id of a record format
     * @param formatOptions settings of the phone system that the format asks for, by name; null for none
     * @param zone IANA name; null takes the site's
     * @param country ISO 3166 alpha-2; null takes the site's
     * @param areaCode of numbers dialled without one; null is none
     * @param outsidePrefix dialled to get a line; null is none
     * @param extensionDigits length of internal numbers, 2 to 8
     * @param promptAllowanceSeconds taken off where something else answered first, 0 to 600
     */
    public record Draft(
            UUID siteId,
            String name,
            String format,
            Map<String, String> formatOptions,
            String zone,
            boolean stampsInUtc,
            String country,
            String areaCode,
            String outsidePrefix,
            int extensionDigits,
            int promptAllowanceSeconds) {
        /** With other settings of the format. */
        Draft with(Map<String, String> options) {
            return new Draft(
                    siteId,
                    name,
                    format,
                    options,
                    zone,
                    stampsInUtc,
                    country,
                    areaCode,
                    outsidePrefix,
                    extensionDigits,
                    promptAllowanceSeconds);
        }
    }

    /** Adds a feed. Refused with all that is wrong, at the fields. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Source create(Draft draft) {
        Source source = new Source(Ids.next(), check(draft, null));
        entities.persist(source);
        audit.note("source.created", "source", source.id(), null, source.draft());
        return source;
    }

    /**
     * Changes how a feed is read. Counts for records read from now on; what was read stays as it is.
     *
     * @param version the one that the change was made to
     * @throws Refusal.Stale when somebody changed it meanwhile
     * @throws Refusal.Conflict when the format changes though files were read, or the name is another's
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Source change(UUID id, int version, Draft draft) {
        Source source = found(id);
        if (source.version() != version) {
            throw new Refusal.Stale("phone system");
        }
        Draft before = source.draft();
        Draft after = check(draft, id);
        if (!after.format().equals(before.format()) && hasRead(id)) {
            throw new Refusal.Conflict(
                    "format",
                    "format.read",
                    "Records of this source were read as another format. Add a source of its own for the new one.");
        }
        if (!after.equals(before)) {
            source.become(after);
            audit.note("source.changed", "source", id, before, after);
        }
        return source;
    }

    /** Whether a record of the source was read as its format, or is about to be: then the format stays. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public boolean isFormatFixed(UUID id) {
        return hasRead(found(id).id());
    }

    private boolean hasRead(UUID id) {
        return !entities.createQuery(
                        "select 1 from IntakeFile where sourceId = :source "
                                + "and (state in (:unread) or legs > 0 or duplicates > 0 or replaying)",
                        Integer.class)
                .setParameter("source", id)
                .setParameter("unread", List.of(FileState.STORED, FileState.READING))
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** The one check of what is said of a feed, new or changed; what was left out is filled in from its place. */
    private Draft check(Draft draft, UUID self) {
        Problems problems = new Problems();
        Site site = draft.siteId() == null ? null : entities.find(Site.class, draft.siteId());
        if (site == null) {
            problems.add("siteId", "site.unknown", "Choose one of the firm's places.");
        }
        String name = problems.line("name", draft.name(), NAME, "Give the phone system a name.");
        if (draft.format() == null || draft.format().isBlank()) {
            problems.add("format", "format.missing", "Choose the phone system whose records come.");
        } else if (formats.find(draft.format()).isEmpty()) {
            problems.add(
                    "format",
                    "format.unknown",
                    "There is no record format '" + draft.format() + "'. Known: " + String.join(", ", formats.ids())
                            + ".");
        }
        Map<String, String> options = options(draft, problems);
        if (draft.zone() != null && !zoneExists(draft.zone())) {
            problems.add(
                    "zone",
                    "zone.unknown",
                    "There is no time zone '" + draft.zone() + "'. Use a name such as America/Chicago.");
        }
        if (draft.country() != null && !COUNTRIES.contains(draft.country())) {
            problems.add(
                    "country", "country.unknown", "'" + draft.country() + "' is no country code such as US or DE.");
        }
        digits(draft.areaCode(), "areaCode", "The area code is digits only.", problems);
        digits(draft.outsidePrefix(), "outsidePrefix", "The prefix for an outside line is digits only.", problems);
        if (draft.extensionDigits() < 2 || draft.extensionDigits() > 8) {
            problems.add("extensionDigits", "extension.digits", "Internal numbers have 2 to 8 digits.");
        }
        if (draft.promptAllowanceSeconds() < 0 || draft.promptAllowanceSeconds() > 600) {
            problems.add("promptAllowanceSeconds", "prompt.range", "The allowance is 0 to 600 seconds.");
        }
        problems.refuse();
        if (isTaken(name, self)) {
            throw new Refusal.Conflict("name", "name.taken", "There is a phone system of that name already.");
        }
        return new Draft(
                site.id(),
                name,
                draft.format(),
                options,
                draft.zone() == null ? site.zone() : draft.zone(),
                draft.stampsInUtc(),
                draft.country() == null ? site.country() : draft.country(),
                draft.areaCode() == null ? "" : draft.areaCode(),
                draft.outsidePrefix() == null ? "" : draft.outsidePrefix(),
                draft.extensionDigits(),
                draft.promptAllowanceSeconds());
    }

    /** Those that are not the standard, so that a better standard of a later version reaches old sources. */
    private Map<String, String> options(Draft draft, Problems problems) {
        Map<String, String> kept = new TreeMap<>();
        Optional<RecordFormat> format = draft.format() == null ? Optional.empty() : formats.find(draft.format());
        if (draft.formatOptions() == null || format.isEmpty()) {
            return kept;
        }
        Map<String, FormatOption> known =
                format.get().options().stream().collect(Collectors.toMap(FormatOption::name, Function.identity()));
        draft.formatOptions().forEach((name, value) -> {
            FormatOption option = known.get(name);
            String field = "formatOptions." + name;
            if (option == null) {
                problems.add(
                        field,
                        "option.unknown",
                        "The format has no setting '" + name + "'. Known: " + String.join(", ", known.keySet()) + ".");
            } else if (value == null || value.isBlank() || value.strip().equals(option.standard())) {
                return;
            } else if (!option.choices().isEmpty() && !option.choices().contains(value.strip())) {
                problems.add(
                        field,
                        "option.value",
                        option.label() + ": choose one of " + String.join(", ", option.choices()) + ".");
            } else {
                Optional<String> problem = format.get().problem(option, value.strip());
                problem.ifPresent(text -> problems.add(field, "option.value", text));
                kept.put(name, value.strip());
            }
        });
        return kept;
    }

    private boolean isTaken(String name, UUID self) {
        return !entities.createQuery(
                        "select 1 from Source where name = :name and (:self is null or id <> :self)", Integer.class)
                .setParameter("name", name)
                .setParameter("self", self)
                .getResultList()
                .isEmpty();
    }

    private static void digits(String text, String field, String problem, Problems problems) {
        if (text != null && !DIGITS.matcher(text).matches()) {
            problems.add(field, "digits", problem);
        }
    }

    private static boolean zoneExists(String zone) {
        try {
            ZoneId.of(zone);
            return zone.indexOf('/') > 0 || zone.equals("UTC");
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** By name. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<Source> all() {
        return entities.createQuery("from Source order by name", Source.class).getResultList();
    }

    /** Those whose format was taught, by name: their mappings serve for others too. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Source> taught() {
        return entities.createQuery("from Source where format = :format order by name", Source.class)
                .setParameter("format", Mapped.ID)
                .getResultList();
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Source get(UUID id) {
        return found(id);
    }

    private Source found(UUID id) {
        Source source = id == null ? null : entities.find(Source.class, id);
        if (source == null) {
            throw new Refusal.NotFound("phone system");
        }
        return source;
    }

    /** Names by key, for lists. */
    @Transactional
    public Map<UUID, String> names() {
        return entities.createQuery("from Source", Source.class)
                .getResultStream()
                .collect(Collectors.toMap(Source::id, Source::name));
    }
}
