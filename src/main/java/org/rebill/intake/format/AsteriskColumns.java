package org.rebill.intake.format;

import java.util.List;

/**
 * Where the columns of Asterisk's call records are. Fixed in {@code cdr_csv}, save for those behind the sixteenth; by
 * name in all other files, Grandstream's names for them included.
 */
final class AsteriskColumns {
    static final int ABSENT = -1;

    /** Columns of cdr_csv (cdr_csv.c) that are always there. */
    private static final List<String> CDR_CSV = List.of(
            "accountcode",
            "src",
            "dst",
            "dcontext",
            "clid",
            "channel",
            "dstchannel",
            "lastapp",
            "lastdata",
            "start",
            "answer",
            "end",
            "duration",
            "billsec",
            "disposition",
            "amaflags");

    private static final int MOST_OF_CDR_CSV = 21;

    private final ColumnNames names;
    private final boolean named;

    final int account;
    final int src;
    final int dst;
    final int channel;
    final int dstChannel;
    final int application;
    final int data;
    final int start;
    final int answer;
    final int end;
    final int duration;
    final int billsec;
    final int disposition;
    final int uniqueId;
    final int userField;
    final int linkedId;
    final int sequence;

    private AsteriskColumns(ColumnNames names, boolean named) {
        this.names = names;
        this.named = named;
        account = names.find("accountcode");
        src = names.find("src", "source", "Caller Number");
        dst = names.find("dst", "destination", "Callee Number");
        channel = names.find("channel", "Source Channel");
        dstChannel = names.find("dstchannel", "Dest Channel");
        application = names.find("lastapp");
        data = names.find("lastdata");
        start = names.find("start", "calldate", "starttime");
        answer = names.find("answer", "answerdate", "answertime");
        end = names.find("end", "enddate", "endtime", "hangupdate");
        duration = names.find("duration", "Call Time");
        billsec = names.find("billsec", "Talk Time");
        disposition = names.find("disposition");
        uniqueId = names.find("uniqueid");
        userField = names.find("userfield");
        linkedId = names.find("linkedid", "session");
        sequence = names.find("sequence");
    }

    static AsteriskColumns ofCdrCsv() {
        return new AsteriskColumns(new ColumnNames(CDR_CSV), false);
    }

    static AsteriskColumns named(ColumnNames names) {
        return new AsteriskColumns(names, true);
    }

    /** Whether these columns tell who called whom, when, and how long they talked. */
    boolean suffice() {
        boolean lasts = duration >= 0 || end >= 0;
        boolean talk = billsec >= 0 || answer >= 0;
        return start >= 0 && dst >= 0 && src >= 0 && disposition >= 0 && lasts && talk;
    }

    /** They were named, in a header line or by the administrator. */
    boolean areNamed() {
        return named;
    }

    String name(int column) {
        return names.names().get(column);
    }

    /** Fewest columns of a record: codes and ids may be missing at its end. */
    int least() {
        if (!named) {
            return CDR_CSV.size();
        }
        int last = 0;
        for (int place : new int[] {
            src, dst, channel, dstChannel, application, data, start, answer, end, duration, billsec, disposition
        }) {
            last = Math.max(last, place);
        }
        return last + 1;
    }

    int most() {
        return named ? names.count() : MOST_OF_CDR_CSV;
    }
}
