package org.rebill.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.rebill.page.Address;
import org.rebill.platform.Refusal;

/** What is typed into the form of a source, new or changed. */
public class SourceForm {
    private String name = "";
    private String siteId = "";
    private String format = "";
    private String zone = "";
    private String country = "";
    private String areaCode = "";
    private String outsidePrefix = "";
    private String extensionDigits = "3";
    private String promptAllowance = "0";
    private boolean stampsInUtc;
    private final Map<String, String> options = new HashMap<>();

    /** Shows a source as it stands. */
    void show(Sources.Draft source) {
        name = source.name();
        siteId = source.siteId().toString();
        format = source.format();
        zone = source.zone();
        country = source.country();
        areaCode = source.areaCode();
        outsidePrefix = source.outsidePrefix();
        extensionDigits = Integer.toString(source.extensionDigits());
        promptAllowance = Integer.toString(source.promptAllowanceSeconds());
        stampsInUtc = source.stampsInUtc();
        options.putAll(source.formatOptions());
    }

    Sources.Draft draft() {
        return draft(format, true);
    }

    /**
     * With another format than was typed.
     *
     * @param withOptions the options on the form are that format's
     */
    Sources.Draft draft(String chosen, boolean withOptions) {
        return new Sources.Draft(
                siteId.isEmpty() ? null : Address.key(siteId, "place"),
                name,
                chosen,
                withOptions ? typed() : Map.of(),
                zone.isBlank() ? null : zone.strip(),
                stampsInUtc,
                country.isBlank() ? null : country,
                areaCode.strip(),
                outsidePrefix.strip(),
                whole("extensionDigits", extensionDigits),
                whole("promptAllowanceSeconds", promptAllowance));
    }

    /** Options in which something was typed or chosen: an empty field comes as nothing. */
    private Map<String, String> typed() {
        Map<String, String> typed = new TreeMap<>();
        options.forEach((option, value) -> {
            if (value != null && !value.isBlank()) {
                typed.put(option, value);
            }
        });
        return typed;
    }

    private static int whole(String field, String text) {
        if (!text.strip().matches("[0-9]{1,6}")) {
            throw new Refusal.Invalid(field, "number.form", "'" + text + "' is no whole number such as 3.");
        }
        return Integer.parseInt(text.strip());
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = text(name);
    }

    public String getSiteId() {
        return siteId;
    }

    public void setSiteId(String siteId) {
        this.siteId = text(siteId);
    }

    public String getFormat() {
        return format;
    }

    public void setFormat(String format) {
        this.format = text(format);
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = text(zone);
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(String country) {
        this.country = text(country);
    }

    public String getAreaCode() {
        return areaCode;
    }

    public void setAreaCode(String areaCode) {
        this.areaCode = text(areaCode);
    }

    public String getOutsidePrefix() {
        return outsidePrefix;
    }

    public void setOutsidePrefix(String outsidePrefix) {
        this.outsidePrefix = text(outsidePrefix);
    }

    public String getExtensionDigits() {
        return extensionDigits;
    }

    public void setExtensionDigits(String extensionDigits) {
        this.extensionDigits = text(extensionDigits);
    }

    public String getPromptAllowance() {
        return promptAllowance;
    }

    public void setPromptAllowance(String promptAllowance) {
        this.promptAllowance = text(promptAllowance);
    }

    /** What the format asks for, by the options' names. */
    public Map<String, String> getOptions() {
        return options;
    }

    public boolean isStampsInUtc() {
        return stampsInUtc;
    }

    public void setStampsInUtc(boolean stampsInUtc) {
        this.stampsInUtc = stampsInUtc;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
