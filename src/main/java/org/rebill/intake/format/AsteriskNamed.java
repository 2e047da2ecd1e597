package org.rebill.intake.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Part;

/**
 * Gives Asterisk's records that name each value, as manager events and JSON do, to {@link AsteriskRow}, so that they
 * mean the same as in Master.csv, down to the ids. Not for several threads.
 */
final class AsteriskNamed {
    /** Names in Master.csv, each with those of the manager's events and of cdr_beanstalkd. */
    private static final List<List<String>> NAMES = List.of(
            List.of("accountcode"),
            List.of("src", "source"),
            List.of("dst", "destination"),
            List.of("dcontext", "destinationcontext"),
            List.of("clid", "callerid"),
            List.of("channel"),
            List.of("dstchannel", "destinationchannel"),
            List.of("lastapp", "lastapplication"),
            List.of("lastdata"),
            List.of("start", "starttime", "calldate"),
            List.of("answer", "answertime", "answerdate"),
            List.of("end", "endtime", "enddate"),
            List.of("duration"),
            List.of("billsec", "billableseconds"),
            List.of("disposition"),
            List.of("amaflags"),
            List.of("uniqueid"),
            List.of("userfield"),
            List.of("peeraccount"),
            List.of("linkedid"),
            List.of("sequence"));

    private final AsteriskRow row;
    private final Fingerprint fingerprint;
    private final CsvFields fields = new CsvFields();

    AsteriskNamed(SourceSettings source) {
        row = new AsteriskRow(
                source,
                AsteriskColumns.named(new ColumnNames(
                        NAMES.stream().map(names -> names.get(0)).toList())));
        fingerprint = new Fingerprint(source.sourceId());
    }

    /**
     * What a record is.
     *
     * @param value by {@link ColumnNames#key} of its name, or null
     * @param buffer holds the record's own bytes from start to end
     */
    Content read(Function<String, String> value, byte[] buffer, int start, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] ends = new int[NAMES.size()];
        for (int i = 0; i < ends.length; i++) {
            bytes.writeBytes(first(value, NAMES.get(i)).getBytes(StandardCharsets.UTF_8));
            ends[i] = bytes.size();
        }
        byte[] values = bytes.toByteArray();
        fields.begin(values);
        for (int i = 0; i < ends.length; i++) {
            fields.add(i == 0 ? 0 : ends[i - 1], ends[i], false);
        }
        Content content = row.read(fields, values, 0, values.length);
        return content instanceof Part part ? new Part(part.leg(), fingerprint.of(buffer, start, end)) : content;
    }

    private static String first(Function<String, String> value, List<String> names) {
        for (String name : names) {
            String text = value.apply(name);
            if (text != null) {
                return text.strip();
            }
        }
        return "";
    }
}
