package org.rebill.statement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.rebill.ledger.Charge;
import org.rebill.ledger.SourceRecords;
import org.rebill.statement.StatementDocument.PhoneRecord;

/**
 * The part of the phone bill that a statement rests on (DOMAIN.md B24): the records of its calls, with every number
 * covered that is neither the other side of the call nor a telephone of the firm, and every code that is not the call's.
 * Pure.
 */
final class Annex {
    /** Digits from which on a number is a telephone in the world, not one of the firm's. */
    private static final int SHORTEST_OUTSIDE = 7;
    /** Digits that tell a number, without the prefixes of countries and trunks. */
    private static final int TELLING = 10;

    private static final String COVERED = "\u2022\u2022\u2022\u2022\u2022";

    private Annex() {}

    /** The records of the charges' calls in the order of the calls; each once. */
    static List<PhoneRecord> of(List<Charge> charges, Map<UUID, List<SourceRecords.Excerpt>> records) {
        List<PhoneRecord> annex = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (Charge charge : charges) {
            if (seen.add(charge.callId())) {
                for (SourceRecords.Excerpt record : records.getOrDefault(charge.callId(), List.of())) {
                    annex.add(covered(record, charge.party(), charge.code()));
                }
            }
        }
        return annex;
    }

    static PhoneRecord covered(SourceRecords.Excerpt record, String party, String code) {
        return new PhoneRecord(
                record.at(),
                number(record.from(), party),
                number(record.to(), party),
                record.seconds(),
                record.code().isEmpty() || record.code().equals(code) ? record.code() : COVERED,
                HexFormat.of().formatHex(record.sha256()));
    }

    private static String number(String written, String party) {
        String digits = digits(written);
        // What has letters or marks in it is shown only where its digits are few: a name or a route may tell of others.
        if (digits.length() < SHORTEST_OUTSIDE
                && digits.length() == written.strip().length()) {
            return written.strip();
        }
        return same(digits, digits(party)) ? written.strip() : COVERED;
    }

    private static boolean same(String one, String other) {
        int shortest = Math.min(one.length(), other.length());
        if (shortest < SHORTEST_OUTSIDE) {
            return false;
        }
        int telling = Math.min(shortest, TELLING);
        return one.substring(one.length() - telling).equals(other.substring(other.length() - telling));
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }
}
