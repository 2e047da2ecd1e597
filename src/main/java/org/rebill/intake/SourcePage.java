package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.rebill.firm.Firms;
import org.rebill.firm.Site;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;

/** One source ({@code ?id=}): how its records are read. {@code edit=1} opens the form. */
@Named
@RequestScoped
public class SourcePage {
    private final Sources sources;
    private final SourceKeys keys;
    private final Firms firms;
    private final Act act;
    private final Address address;
    private final Texts texts;
    private final HttpServletRequest request;
    private final SourceForm form = new SourceForm();
    private int version;
    private Source source;
    private List<SourceKey> known;
    private SourceKeys.Made made;

    @Inject
    SourcePage(
            Sources sources,
            SourceKeys keys,
            Firms firms,
            Act act,
            Address address,
            Texts texts,
            HttpServletRequest request) {
        this.sources = sources;
        this.keys = keys;
        this.firms = firms;
        this.act = act;
        this.address = address;
        this.texts = texts;
        this.request = request;
    }

    /** Fills the form; not in posts, which bring what was typed. */
    public void load() {
        form.show(source().draft());
        version = source().version();
    }

    /** The source that the address names. */
    public Source source() {
        if (source == null) {
            source = sources.get(address.needed("id", "phone system"));
        }
        return source;
    }

    /** The name of its place. */
    public String siteName() {
        return firms.sites().stream()
                .filter(site -> site.id().equals(source().siteId()))
                .map(Site::name)
                .findFirst()
                .orElse("");
    }

    /** The name of its country. */
    public String countryName() {
        return new Locale.Builder().setRegion(source().country()).build().getDisplayCountry(Locale.ENGLISH);
    }

    /** Whether the form is open. */
    public boolean isEditing() {
        return address.is("edit", "1");
    }

    /** Whether the format can't be changed any more. */
    public boolean isFormatFixed() {
        return sources.isFormatFixed(source().id());
    }

    /** Changes how the source is read. */
    public void change() {
        act.perform(() -> {
            // A format that can't be chosen is not sent; the options on the form are those of the format it had.
            String format = form.getFormat().isEmpty() ? source().format() : form.getFormat();
            Sources.Draft draft = form.draft(format, format.equals(source().format()));
            Source changed = sources.change(source().id(), version, draft);
            return Act.Done.at(
                    "/app/source.xhtml?id=" + changed.id(), texts.of("intake.source.changed", changed.name()));
        });
    }

    /** Its keys, valid ones first. */
    public List<SourceKey> keys() {
        if (known == null) {
            known = keys.of(source().id());
        }
        return known;
    }

    /** Whether one more may be made. */
    public boolean isRoomForKey() {
        return keys().stream().filter(SourceKey::isValid).count() < SourceKeys.MOST;
    }

    /** The key that was just made, to be shown this once; null otherwise. */
    public SourceKeys.Made made() {
        return made;
    }

    /** Makes a key. */
    public void makeKey() {
        act.show(() -> {
            made = keys.make(source().id());
            known = null;
        });
    }

    /** Revokes the key whose button was pressed. */
    public void revokeKey(String id) {
        act.perform(() -> {
            keys.revoke(source().id(), id);
            return Act.Done.at("/app/source.xhtml?id=" + source().id(), texts.of("intake.key.revoked.toast", id));
        });
    }

    /** Where records are pushed to. */
    public String pushAddress() {
        return service(request) + "/intake/v1/records";
    }

    /** Address of this service as the browser knows it, without a path of ours. */
    static String service(HttpServletRequest request) {
        StringBuffer here = request.getRequestURL();
        int path = here.indexOf(request.getRequestURI());
        return here.substring(0, path) + request.getContextPath();
    }

    public SourceForm getForm() {
        return form;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }
}
