package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Ignored;

/**
 * Asterisk's manager events {@code Cdr} (cdr_manager), as a program that is logged in at port 5038 wrote them down:
 * blocks of {@code name: value} with an empty line behind each. Other events and answers are left out. A record means
 * the same as in Master.csv ({@link AsteriskRow}).
 */
@ApplicationScoped
public class AsteriskAmi implements RecordFormat {
    private static final String EVENT = "event";

    @Override
    public String id() {
        return "asterisk-ami-cdr";
    }

    @Override
    public String name() {
        return "Asterisk manager events (AMI, Event: Cdr)";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Log in on the Asterisk server as root and open /etc/asterisk/cdr_manager.conf: under [general] set"
                        + " enabled=yes.",
                "Under [mappings] add linkedid=>Linkedid, sequence=>Sequence and peeraccount=>PeerAccount, a line each:"
                        + " without them the records of one call can't be joined.",
                "In /etc/asterisk/manager.conf give the user that collects the events read=cdr.",
                "Load both: asterisk -rx \"module reload cdr_manager.so\" and asterisk -rx \"manager reload\".",
                "Write the account code into the call: Set(CHANNEL(accountcode)=${CODE}) before Dial() in the dial plan.",
                "Send what the manager port sent, as it came: other events in it are left out.");
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head);
        if (notText.isPresent()) {
            return Optional.of("This is " + notText.get());
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).strip();
        return text.isEmpty() || text.indexOf(':') >= 0
                ? Optional.empty()
                : Optional.of("These are no manager events, which have lines such as Event: Cdr.");
    }

    @Override
    public boolean recognises(byte[] head) {
        String text = "\n" + new String(head, StandardCharsets.ISO_8859_1).replace('\r', '\n');
        return text.startsWith("\nAsterisk Call Manager/") || text.contains("\nEvent: Cdr\n");
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        AsteriskNamed named = new AsteriskNamed(source);
        return new DocumentReader(
                new BlockCutter(bytes, from), (text, buffer, start, end) -> content(text, named, buffer, start, end));
    }

    private static Content content(String block, AsteriskNamed named, byte[] buffer, int start, int end) {
        Map<String, String> values = new HashMap<>();
        block.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.putIfAbsent(ColumnNames.key(line.substring(0, colon)), line.substring(colon + 1));
            }
        });
        String event = values.getOrDefault(EVENT, "").strip();
        if (!event.toLowerCase(Locale.ROOT).equals("cdr") && !isTail(values)) {
            return new Ignored("event", event.isEmpty() ? "An answer of the manager." : "An event of another kind.");
        }
        return named.read(values::get, buffer, start, end);
    }

    /** The rest of a Cdr event whose beginning is gone: not to be left out in silence. */
    private static boolean isTail(Map<String, String> values) {
        return !values.containsKey(EVENT)
                && (values.containsKey("billableseconds") || values.containsKey("disposition"));
    }
}
