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

    @Version
    private int version;

    protected Source() {}

    /**
     * @param format id of a record format, such as {@code asterisk-cdr-csv}
     * @param formatOptions settings of the phone system that the format asks for, by name
     * @param zone IANA name; local stamps are read in it
     * @param stampsInUtc the phone system writes UTC (Asterisk: {@code usegmtime})
     * @param country ISO 3166 alpha-2
     * @param areaCode of numbers dialled without one; may be empty
     * @param outsidePrefix dialled to get a line, such as {@code 9}; may be empty
     * @param extensionDigits length of internal numbers, 2 to 8
     * @param promptAllowanceSeconds taken off where something else answered first, 0 to 600
     */
    public Source(
            UUID id,
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
        this.id = id;
        this.siteId = siteId;
        this.name = name;
        this.format = format;
        this.formatOptions = Map.copyOf(formatOptions);
        this.zone = zone;
        this.stampsInUtc = stampsInUtc;
        this.country = country;
        this.areaCode = areaCode;
        this.outsidePrefix = outsidePrefix;
        this.extensionDigits = extensionDigits;
        this.promptAllowanceSeconds = promptAllowanceSeconds;
    }

    public UUID id() {
        return id;
    }

    public UUID siteId() {
        return siteId;
    }

    public String name() {
        return name;
    }

    public String format() {
        return format;
    }

    /** Settings of the phone system that the format asks for, by name. */
    public Map<String, String> formatOptions() {
        return Map.copyOf(formatOptions);
    }

    public String zone() {
        return zone;
    }

    public boolean stampsInUtc() {
        return stampsInUtc;
    }

    public String country() {
        return country;
    }

    public String areaCode() {
        return areaCode;
    }

    public String outsidePrefix() {
        return outsidePrefix;
    }

    public int extensionDigits() {
        return extensionDigits;
    }

    /** Seconds. */
    public int promptAllowanceSeconds() {
        return promptAllowanceSeconds;
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
