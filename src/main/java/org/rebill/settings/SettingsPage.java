package org.rebill.settings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rebill.firm.Firm;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.FirmSettings;
import org.rebill.firm.Logo;
import org.rebill.page.Act;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** What stands at the head of the firm's statements: profile and logo. The owner changes it, a clerk reads it. */
@Named
@RequestScoped
public class SettingsPage {
    /** Countries of the languages in which statements are printed. */
    private static final List<String> LOCALES = List.of(
            "en-US", "en-GB", "en-CA", "en-AU", "en-IE", "en-NZ", "de-DE", "de-AT", "de-CH", "es-ES", "es-MX", "es-US");

    private final FirmSettings settings;
    private final Act act;
    private final Texts texts;
    private final ProfileForm form = new ProfileForm();
    private int version;
    private Part picture;
    private Firm firm;

    @Inject
    SettingsPage(FirmSettings settings, Act act, Texts texts) {
        this.settings = settings;
        this.act = act;
        this.texts = texts;
    }

    /** Fills the form; not in posts, which bring what was typed. */
    public void load() {
        form.show(profile());
        version = firm().version();
    }

    private Firm firm() {
        if (firm == null) {
            firm = settings.get();
        }
        return firm;
    }

    /** As it is kept. */
    public FirmProfile profile() {
        return firm().profile();
    }

    /** The logo as an address that holds the picture; empty where there is none. */
    public String logo() {
        return Logo.of(firm().logo()).map(Logo::address).orElse("");
    }

    /** A word mark, which stands above the firm's name. */
    public boolean isWide() {
        return Logo.of(firm().logo()).map(Logo::wide).orElse(false);
    }

    /** Kind and size of the logo, such as "SVG, 4 KB". */
    public String logoFacts() {
        return Logo.of(firm().logo())
                .map(logo -> texts.of("settings.logo.facts", logo.kind().name(), (logo.bytes().length + 1023) / 1024))
                .orElse("");
    }

    /** Largest picture that is taken, in bytes. */
    public int most() {
        return Logo.MOST_BYTES;
    }

    /** Address, telephone and e-mail, line by line. */
    public List<String> lines() {
        return Stream.concat(
                        profile().address().lines(),
                        Stream.of(profile().phone(), profile().email()).filter(line -> line != null))
                .toList();
    }

    /** A language and country to choose. */
    public record Choice(String tag, String label) {}

    /** Those that statements are printed in, and the firm's own. */
    public List<Choice> locales() {
        return Stream.concat(Stream.of(profile().locale()), LOCALES.stream())
                .distinct()
                .map(tag -> new Choice(tag, label(tag)))
                .sorted((a, b) -> a.label().compareTo(b.label()))
                .toList();
    }

    /** Language and country in words. */
    public String label(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    }

    /** Country in words. */
    public String country() {
        return new Locale.Builder().setRegion(profile().country()).build().getDisplayCountry(Locale.ENGLISH);
    }

    /** Keeps what was typed. */
    public void save() {
        act.perform(() -> {
            settings.change(version, form.details());
            return Act.Done.here(texts.get("settings.saved"));
        });
    }

    /** Takes the chosen picture. */
    public void upload() {
        act.perform(() -> {
            settings.takeLogo(version, chosen());
            return Act.Done.here(texts.get("settings.logo.taken"));
        });
        showAgain();
    }

    /** The logo's forms don't bring the profile's fields along. */
    private void showAgain() {
        if (!act.problems().isEmpty()) {
            load();
        }
    }

    private byte[] chosen() throws IOException {
        if (picture == null || picture.getSize() == 0) {
            throw new Refusal.Invalid("logo", "logo.missing", texts.get("settings.logo.missing"));
        }
        try (InputStream content = picture.getInputStream()) {
            return content.readNBytes(Logo.MOST_BYTES + 1);
        }
    }

    /** Removes the logo. */
    public void removeLogo() {
        act.perform(() -> {
            settings.removeLogo(version);
            return Act.Done.here(texts.get("settings.logo.removed"));
        });
        showAgain();
    }

    public ProfileForm getForm() {
        return form;
    }

    /** The state that the forms were opened with. */
    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public Part getPicture() {
        return picture;
    }

    public void setPicture(Part picture) {
        this.picture = picture;
    }
}
