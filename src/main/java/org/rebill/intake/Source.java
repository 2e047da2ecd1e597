package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.rebill.call.NumberPlan;
import org.rebill.intake.format.SourceSettings;
import org.rebill.platform.FirmOwned;

/** One feed of records: a phone system at a site, with the settings its records are read by. */
@Entity
public class Source extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "site_id")
    private UUID siteId;

    private String name;
    private String format;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "format_options")
    private Map<String, String> formatOptions;

    private String zone;

    @Column(name = "stamps_in_utc")
    private boolean stampsInUtc;

    private String country;

    @Column(name = "area_code")
    private String areaCode;

    @Column(name = "outside_prefix")
    private String outsidePrefix;

    @Column(name = "extension_digits")
    private int extensionDigits;

    @Column(name = "prompt_allowance_seconds")
    private int promptAllowanceSeconds;

    /** Stamps were read in another zone before. */
    private boolean restamped;

    @Version
    private int version;

    protected Source() {}

    /**
     * A new one.
     *
     * @param draft checked and complete
     */
    Source(UUID id, Sources.Draft draft) {
        this.id = id;
        become(draft);
    }

    /** Takes over what the firm says now; what was read before stays as it was read. */
    final void become(Sources.Draft draft) {
        restamped |= zone != null && (!zone.equals(draft.zone()) || stampsInUtc != draft.stampsInUtc());
        siteId = draft.siteId();
        name = draft.name();
        format = draft.format();
        formatOptions = Map.copyOf(draft.formatOptions());
        zone = draft.zone();
        stampsInUtc = draft.stampsInUtc();
        country = draft.country();
        areaCode = draft.areaCode();
        outsidePrefix = draft.outsidePrefix();
        extensionDigits = draft.extensionDigits();
        promptAllowanceSeconds = draft.promptAllowanceSeconds();
    }

    /** What the firm says of it, complete. */
    Sources.Draft draft() {
        return new Sources.Draft(
                siteId,
                name,
                format,
                Map.copyOf(formatOptions),
                zone,
                stampsInUtc,
                country,
                areaCode,
                outsidePrefix,
                extensionDigits,
                promptAllowanceSeconds);
    }

    public UUID id() {
        return id;
    }

    /** The place of the phone system; its extensions are those that the records name. */
    public UUID siteId() {
        return siteId;
    }

    public String name() {
        return name;
    }

    /** Id of a record format, such as {@code asterisk-cdr-csv}. */
    public String format() {
        return format;
    }

    /** Settings of the phone system that the format asks for, by name; those not given are the format's standard. */
    public Map<String, String> formatOptions() {
        return Map.copyOf(formatOptions);
    }

    /** IANA name; local stamps are read in it. */
    public String zone() {
        return zone;
    }

    /** The phone system writes UTC (Asterisk: {@code usegmtime}). */
    public boolean stampsInUtc() {
        return stampsInUtc;
    }

    /** ISO 3166 alpha-2. */
    public String country() {
        return country;
    }

    /** Of numbers dialled without one; may be empty. */
    public String areaCode() {
        return areaCode;
    }

    /** Dialled to get a line, such as {@code 9}; may be empty. */
    public String outsidePrefix() {
        return outsidePrefix;
    }

    /** Length of internal numbers, 2 to 8. */
    public int extensionDigits() {
        return extensionDigits;
    }

    /** Seconds taken off where something else answered first, 0 to 600. */
    public int promptAllowanceSeconds() {
        return promptAllowanceSeconds;
    }

    /** Of these settings; goes up with each change. */
    public int version() {
        return version;
    }

    /** Whether stamps were read in another zone before: records then start at another instant when they come again. */
    public boolean restamped() {
        return restamped;
    }

    /** What the source's format must know. */
    public SourceSettings settings() {
        return new SourceSettings(id, ZoneId.of(zone), stampsInUtc, numberPlan(), formatOptions);
    }

    /** How its numbers are read. */
    public NumberPlan numberPlan() {
        return new NumberPlan(country, areaCode, outsidePrefix, extensionDigits);
    }
}
