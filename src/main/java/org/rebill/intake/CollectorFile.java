package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.intake.format.CollectorSetting;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;

/** The configuration file of the collector at the firm's place, filled in for one source, with comments. */
@ApplicationScoped
public class CollectorFile {
    /** Name of the file when it is downloaded. */
    public static final String NAME = "collector.properties";

    private static final Pattern KEY = Pattern.compile("rbk_[A-Za-z0-9_-]{20,200}");
    private static final String NO_KEY = "PASTE-THE-KEY-HERE";
    private static final int LONGEST_NAME = 40;

    private final Sources sources;
    private final RecordFormats formats;

    @Inject
    CollectorFile(Sources sources, RecordFormats formats) {
        this.sources = sources;
        this.formats = formats;
    }

    /**
     * The file's text.
     *
     * @param service address of this service as the browser knows it, without a path
     * @param key of the source, just made; anything else leaves a place to paste it in
     */
    @Allow({Role.OWNER, Role.CLERK})
    public String of(UUID sourceId, String service, String key) {
        Source source = sources.get(sourceId);
        RecordFormat format = formats.get(source.format());
        String feed = "feed." + feedName(source.name()) + ".";
        StringBuilder text = new StringBuilder();
        comment(text, "Rebill collector: takes the records of \"" + source.name() + "\" (" + format.name() + ")");
        comment(text, "to Rebill. On a machine that is always on, near the phone system:");
        comment(text, "1. Install Java 17 or later.");
        comment(
                text,
                "2. Put this file into a folder of its own, with the program: " + service
                        + "/downloads/rebill-collector.jar");
        comment(text, "3. Run it there, best as a service of the machine: java -jar rebill-collector.jar " + NAME);
        comment(text, "4. See how it is doing: java -jar rebill-collector.jar --status " + NAME);
        text.append('\n');
        comment(text, "Where records go.");
        setting(text, "service", service);
        comment(text, "Where each byte is kept until Rebill has it; beside this file.");
        setting(text, "folder", "journal");
        text.append('\n');
        comment(text, "The key of this phone system in Rebill. Keep this file from others: who has the key can send");
        comment(text, "records. Keys are made and revoked on the phone system's page.");
        setting(text, feed + "key", KEY.matcher(key == null ? "" : key).matches() ? key : NO_KEY);
        text.append('\n');
        for (CollectorSetting setting : settings(format)) {
            comment(text, setting.help());
            setting(text, feed + setting.name(), setting.value());
        }
        return text.toString();
    }

    /** Of the format; else all ways are shown, the likeliest first. */
    private static List<CollectorSetting> settings(RecordFormat format) {
        List<CollectorSetting> settings = format.collector();
        return settings.isEmpty()
                ? List.of(
                        new CollectorSetting(
                                "way",
                                "follow",
                                "follow: a file that grows. listen: the phone system connects to this machine. connect: this"
                                        + " machine connects to the phone system. serial: a serial line."),
                        new CollectorSetting("file", "", "With follow: the file's path."))
                : settings;
    }

    private static String feedName(String source) {
        String plain = Normalizer.normalize(source, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String name = plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
        return name.isEmpty() ? "office" : name;
    }

    private static void comment(StringBuilder text, String line) {
        text.append("# ").append(line.replaceAll("\\s+", " ")).append('\n');
    }

    /** A backslash begins an escape in such files. */
    private static void setting(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(value.replace("\\", "\\\\")).append('\n');
    }
}
