package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * FreeSWITCH mod_json_cdr: a JSON object a channel, each in a file or request of its own, or many of them one after the
 * other, one a line, or in an array (module source, signalwire/freeswitch). How a record is understood is told at
 * {@link FreeSwitchChannel}.
 */
@ApplicationScoped
public class FreeSwitchJson implements RecordFormat {
    private static final String[] MARKS = {
        "\"core-uuid\"",
        "\"channel_data\"",
        "\"variable_uuid\"",
        "\"callflow\"",
        "\"sip_from_user\"",
        "\"start_uepoch\""
    };

    @Override
    public String id() {
        return "freeswitch-json";
    }

    @Override
    public String name() {
        return "FreeSWITCH / FusionPBX mod_json_cdr";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Log in on the FreeSWITCH server and open autoload_configs/json_cdr.conf.xml in its configuration folder"
                        + " (/etc/freeswitch or /usr/local/freeswitch/conf).",
                "Set log-b-leg to true, so that each telephone of a transferred call or a ring group has a record of its"
                        + " own, and encode-values to true.",
                "To send each record at once, make a key on this source's page and set url, cred and auth-scheme as is shown"
                        + " there under Push records.",
                "To send files instead, set log-dir to a folder such as /var/log/freeswitch/json_cdr, in which each record becomes a file, and send the files as they are, one by one or several written into one.",
                "Write the account code into the call: set accountcode before bridge in the dial plan. The shipped"
                        + " directory gives each telephone its own number as accountcode: delete that line in"
                        + " directory/default/*.xml, or each call without a code seems to have the telephone's number as"
                        + " one.",
                "Load it: add mod_json_cdr to autoload_configs/modules.conf.xml and run fs_cli -x \"reload"
                        + " mod_json_cdr\".");
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head);
        if (notText.isPresent()) {
            return Optional.of("This is " + notText.get());
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith("<")) {
            return Optional.of("This is XML, as mod_xml_cdr writes it: send it to a source of that kind.");
        }
        return text.isEmpty() || text.indexOf('{') >= 0
                ? Optional.empty()
                : Optional.of("This is no JSON. Send the files that mod_json_cdr writes (*.cdr.json).");
    }

    /** Whether it begins with an object that has FreeSWITCH's names. */
    @Override
    public boolean recognises(byte[] head) {
        String text =
                new String(head, StandardCharsets.ISO_8859_1).replaceFirst("^(?:\u00ef\u00bb\u00bf)?[\\s\\[,]+", "");
        if (!text.startsWith("{")) {
            return false;
        }
        int marks = 0;
        for (String mark : MARKS) {
            marks += text.contains(mark) ? 1 : 0;
        }
        return marks > 0;
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        LocalStamps stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        return DocumentReader.ofLegs(
                JsonCutter.ofFreeSwitch(bytes, from),
                source,
                (text, draft) -> FreeSwitchChannel.leg(JsonTags.read(text), draft, source.plan(), stamps));
    }
}
