package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rebill.intake.format.ReadRecord.Content;

/**
 * Asterisk's call records as JSON objects, one a line: {@code cdr_custom} with an advanced mapping ({@code
 * format = json}) and {@code cdr_beanstalkd}. A record means the same as in Master.csv ({@link AsteriskRow}).
 */
@ApplicationScoped
public class AsteriskJson implements RecordFormat {
    @Override
    public String id() {
        return "asterisk-cdr-json";
    }

    @Override
    public String name() {
        return "Asterisk cdr_custom as JSON";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Log in on the Asterisk server as root and open /etc/asterisk/cdr_custom.conf; it needs a release whose"
                        + " cdr_custom.conf.sample tells of advanced mappings, such as 22.10.",
                "Add a section with the name of the file, such as [cdr.json], and in it format = json and fields ="
                        + " accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,"
                        + "billsec,disposition,amaflags,uniqueid,userfield,peeraccount,linkedid,sequence.",
                "Load it: asterisk -rx \"module reload cdr_custom.so\".",
                "Write the account code into the call: Set(CHANNEL(accountcode)=${CODE}) before Dial() in the dial plan.",
                "Send /var/log/asterisk/cdr-custom/cdr.json as it is, as often as you like: what was read before is known"
                        + " again.");
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head);
        if (notText.isPresent()) {
            return Optional.of("This is " + notText.get());
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).strip();
        return text.isEmpty() || text.indexOf('{') >= 0
                ? Optional.empty()
                : Optional.of("This is no JSON. For Master.csv choose a source of cdr_csv or of an Asterisk table.");
    }

    @Override
    public boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String bare = ColumnNames.key(text.lines().limit(2).reduce("", String::concat));
        return text.replaceFirst("^(?:\u00ef\u00bb\u00bf)?[\\s\\[,]+", "").startsWith("{")
                && bare.contains("disposition")
                && (bare.contains("billsec") || bare.contains("billableseconds"))
                && (bare.contains("dstchannel") || bare.contains("destinationchannel") || bare.contains("dcontext"));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        AsteriskNamed named = new AsteriskNamed(source);
        return new DocumentReader(
                JsonCutter.ofLines(bytes, from),
                (text, buffer, start, end) -> content(text, named, buffer, start, end));
    }

    private static Content content(String json, AsteriskNamed named, byte[] buffer, int start, int end) {
        Map<String, String> values = new HashMap<>();
        try {
            JsonTags.read(json).pieces().forEach(tag -> values.putIfAbsent(ColumnNames.key(tag.name()), tag.text()));
        } catch (Unreadable e) {
            return e.content();
        }
        return named.read(values::get, buffer, start, end);
    }
}
