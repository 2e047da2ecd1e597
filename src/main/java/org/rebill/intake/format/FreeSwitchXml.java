package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * FreeSWITCH mod_xml_cdr: a document {@code <cdr>} a channel, each in a file or request of its own, or many of them one
 * after the other (module source, signalwire/freeswitch). How a record is understood is told at
 * {@link FreeSwitchChannel}.
 */
@ApplicationScoped
public class FreeSwitchXml implements RecordFormat {
    private static final String ELEMENT = "cdr";
    private static final Pattern BEGINS = Pattern.compile(
            "^(?:\u00ef\u00bb\u00bf)?\\s*(?:<\\?xml[^>]*>\\s*)?(?:<[A-Za-z_-]+>\\s*)?(?:<\\?xml[^>]*>\\s*)?<cdr[\\s>]");

    @Override
    public String id() {
        return "freeswitch-xml";
    }

    @Override
    public String name() {
        return "FreeSWITCH / FusionPBX mod_xml_cdr";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Log in on the FreeSWITCH server and open autoload_configs/xml_cdr.conf.xml in its configuration folder"
                        + " (/etc/freeswitch or /usr/local/freeswitch/conf). FusionPBX uses this module for itself: leave its"
                        + " settings as they are and send copies of the files in /var/log/freeswitch/xml_cdr, or set up"
                        + " mod_json_cdr beside it.",
                "Set log-b-leg to true, so that each telephone of a transferred call or a ring group has a record of its"
                        + " own.",
                "To send each record at once, make a key on this source's page and set url, cred and auth-scheme as is shown"
                        + " there under Push records.",
                "To send files instead, set log-dir to a folder such as /var/log/freeswitch/xml_cdr, in which each record becomes a file, and send the files as they are, one by one or several written into one.",
                "Write the account code into the call: set accountcode before bridge in the dial plan. The shipped"
                        + " directory gives each telephone its own number as accountcode: delete that line in"
                        + " directory/default/*.xml, or each call without a code seems to have the telephone's number as"
                        + " one.",
                "Load it: add mod_xml_cdr to autoload_configs/modules.conf.xml and run fs_cli -x \"reload mod_xml_cdr\".");
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head);
        if (notText.isPresent()) {
            return Optional.of("This is " + notText.get());
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith("{") || text.startsWith("[")) {
            return Optional.of("This is JSON, as mod_json_cdr writes it: send it to a source of that kind.");
        }
        return text.isEmpty() || text.indexOf('<') >= 0
                ? Optional.empty()
                : Optional.of("This is no XML. Send the files that mod_xml_cdr writes (*.cdr.xml).");
    }

    @Override
    public boolean recognises(byte[] head) {
        return BEGINS.matcher(new String(head, StandardCharsets.ISO_8859_1)).find();
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        LocalStamps stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        return DocumentReader.ofLegs(
                new XmlCutter(bytes, from, ELEMENT),
                source,
                (text, draft) -> FreeSwitchChannel.leg(XmlTags.read(text), draft, source.plan(), stamps));
    }
}
