package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rebill.firm.Firms;
import org.rebill.firm.Site;
import org.rebill.intake.format.FormatOption;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;

/** What the form of a source gives to choose from. */
@Named
@RequestScoped
public class SourceChoices {
    private final RecordFormats formats;
    private final Firms firms;

    @Inject
    SourceChoices(RecordFormats formats, Firms firms) {
        this.formats = formats;
        this.firms = firms;
    }

    /** The firm's places, by name. */
    public List<Site> sites() {
        return firms.sites();
    }

    /** Record formats, by name. */
    public List<RecordFormat> formats() {
        return formats.all();
    }

    /** A format's name for people; its id where this build does not know it. */
    public String formatName(String id) {
        return formats.find(id).map(RecordFormat::name).orElse(id);
    }

    /** What to do on the phone system, a step each; empty where this build does not know the format. */
    public List<String> setUp(String id) {
        return formats.find(id).map(RecordFormat::setUp).orElse(List.of());
    }

    /** What a format must know of the phone system's settings; none where this build does not know the format. */
    public List<FormatOption> options(String id) {
        return formats.find(id).map(RecordFormat::options).orElse(List.of());
    }

    /** An option's choices but the standard. */
    public List<String> others(FormatOption option) {
        return option.choices().stream()
                .filter(choice -> !choice.equals(option.standard()))
                .toList();
    }

    /** Time zones of places, IANA names. */
    public List<String> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
                .sorted()
                .toList();
    }

    /** Countries by name: code and name. */
    public List<Map.Entry<String, String>> countries() {
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> Map.entry(
                        code, new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH)))
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .toList();
    }
}
