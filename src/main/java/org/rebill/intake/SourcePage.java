package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.rebill.firm.Firms;
import org.rebill.firm.Site;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** One source ({@code ?id=}): how its records are read. {@code edit=1} opens the form. */
@Named
@RequestScoped
public class SourcePage {
    private static final int REREADS = 5;
    private static final int DAY = 24;
    /** Widths of bars, so that both charts are 504 wide. */
    private static final int DAY_BAR = 21;

    private static final int WEEK_BAR = 3;

    private final Sources sources;
    private final SourceKeys keys;
    private final Rereads rereads;
    private final Intake intake;
    private final SourceHealth healths;
    private final SshKeys sshKeys;
    private final Listeners listeners;
    private final SmdrPorts ports;
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
    private String from = "";
    private List<Reread> readAgain;
    private Health health;
    private String silence;
    private String publicKey = "";
    private String port;
    private String allowed;
    private List<SshKey> publicKeys;

    @Inject
    SourcePage(
            Sources sources,
            SourceKeys keys,
            Rereads rereads,
            Intake intake,
            SourceHealth healths,
            SshKeys sshKeys,
            Listeners listeners,
            SmdrPorts ports,
            Firms firms,
            Act act,
            Address address,
            Texts texts,
            HttpServletRequest request) {
        this.sources = sources;
        this.keys = keys;
        this.rereads = rereads;
        this.intake = intake;
        this.healths = healths;
        this.sshKeys = sshKeys;
        this.listeners = listeners;
        this.ports = ports;
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

    /** How it is doing. */
    public Health health() {
        if (health == null) {
            health = healths.of(source().id());
        }
        return health;
    }

    /** The last 24 hours as bars. */
    public HealthChart day() {
        return HealthChart.of(health(), DAY, DAY_BAR);
    }

    /** The last seven days as bars. */
    public HealthChart week() {
        return HealthChart.of(health(), HealthRule.SHOWN, WEEK_BAR);
    }

    /** Hours of silence that somebody is told of, as typed; empty for what the way of the records suggests. */
    public String getSilence() {
        if (silence == null) {
            Integer set = healths.silenceHours(source().id());
            silence = set == null ? "" : set.toString();
        }
        return silence;
    }

    public void setSilence(String silence) {
        this.silence = silence == null ? "" : silence.strip();
    }

    /** Sets when a silence is told of. */
    public void tellAfter() {
        act.perform(() -> {
            if (!silence.matches("[0-9]{0,4}")) {
                throw new Refusal.Invalid("silenceHours", "silence.number", texts.get("intake.health.number"));
            }
            healths.tellAfter(source().id(), silence.isEmpty() ? null : Integer.valueOf(silence));
            return Act.Done.here(texts.get("intake.health.saved"));
        });
    }

    /** Its public keys for SFTP, valid ones first. */
    public List<SshKey> publicKeys() {
        if (publicKeys == null) {
            publicKeys = sshKeys.of(source().id());
        }
        return publicKeys;
    }

    /** The user name with which a public key is shown. */
    public String account() {
        return firms.current().profile().slug();
    }

    /** The line of a public key, as pasted. */
    public String getPublicKey() {
        return publicKey;
    }

    public void setPublicKey(String publicKey) {
        this.publicKey = publicKey == null ? "" : publicKey;
    }

    /** Adds the public key. */
    public void addPublicKey() {
        act.perform(() -> {
            SshKey key = sshKeys.add(source().id(), publicKey);
            return Act.Done.here(texts.of("intake.sshkey.added", key.fingerprint()));
        });
    }

    /** Revokes the public key whose button was pressed. */
    public void revokePublicKey(UUID id) {
        act.perform(() -> {
            SshKey key = sshKeys.revoke(source().id(), id);
            return Act.Done.here(texts.of("intake.sshkey.revoked", key.fingerprint()));
        });
    }

    /** Whether this service listens for phone systems at all. */
    public boolean isListensHere() {
        return ports.isOn();
    }

    /** Which ports sources may have. */
    public String portRange() {
        return texts.of("intake.listen.port.help", String.valueOf(ports.first()), String.valueOf(ports.last()));
    }

    /** Whether the service listens for this source. */
    public boolean isListening() {
        return listeners.of(source().id()).isPresent();
    }

    /** The port, as typed. */
    public String getPort() {
        if (port == null) {
            port = listeners
                    .of(source().id())
                    .map(one -> String.valueOf(one.port()))
                    .orElse("");
        }
        return port;
    }

    public void setPort(String port) {
        this.port = port == null ? "" : port.strip();
    }

    /** Addresses that may connect, as typed. */
    public String getAllowed() {
        if (allowed == null) {
            allowed = listeners.of(source().id()).map(SourceListener::allowed).orElse("");
        }
        return allowed;
    }

    public void setAllowed(String allowed) {
        this.allowed = allowed == null ? "" : allowed;
    }

    /** Has the service listen. */
    public void listen() {
        act.perform(() -> {
            int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
            SourceListener listener = listeners.listen(source().id(), number, allowed);
            return Act.Done.here(texts.of("intake.listen.set", String.valueOf(listener.port())));
        });
    }

    /** Ends the listening. */
    public void stopListening() {
        act.perform(() -> {
            listeners.stop(source().id());
            return Act.Done.here(texts.get("intake.listen.stopped"));
        });
    }

    /** What was read again of late, newest first. */
    public List<Reread> rereads() {
        if (readAgain == null) {
            readAgain = rereads.of(source().id(), REREADS);
        }
        return readAgain;
    }

    /** A file's name. */
    public String fileName(UUID id) {
        return intake.file(id).name();
    }

    /** Asks what reading all files since the day again would change. */
    public void reread() {
        act.perform(() -> {
            Reread asked = rereads.askSource(source().id(), firstDay());
            return Act.Done.at("/app/reread.xhtml?id=" + asked.id(), "");
        });
    }

    private LocalDate firstDay() {
        try {
            return LocalDate.parse(from.strip());
        } catch (DateTimeParseException e) {
            throw new Refusal.Invalid("from", "from.missing", texts.get("intake.reread.day.missing"));
        }
    }

    /** The first day of the calls to read again, as typed. */
    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from == null ? "" : from;
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
