package org.rebill.evidence;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rebill.call.CodeOrigin;
import org.rebill.call.Direction;
import org.rebill.call.PersonTalk;
import org.rebill.rating.RateRules;
import org.rebill.rating.Terms;

/**
 * All that a statement, or one call, rests on: from the amounts back to the phone system's bytes.
 *
 * @param firm name of the firm
 * @param zone IANA name; days are this zone's
 * @param statement null for a call that is on no issued statement
 * @param agreements those that the lines were priced by
 * @param lines in the order printed; of a call its talks in their order
 * @param audit the entries of the audit log about all this, oldest first
 */
public record Evidence(
        String firm, String zone, Issued statement, List<Agreed> agreements, List<Line> lines, List<Act> audit) {
    public Evidence {
        agreements = List.copyOf(agreements);
        lines = List.copyOf(lines);
        audit = List.copyOf(audit);
    }

    /**
     * The issued statement.
     *
     * @param to last day of the period
     * @param documentSha256 hexadecimal, of the document as it was printed
     * @param pdfSha256 hexadecimal, of the PDF
     */
    public record Issued(
            UUID id,
            String number,
            UUID clientId,
            String client,
            LocalDate from,
            LocalDate to,
            String currency,
            BigDecimal total,
            Instant issuedAt,
            String issuedBy,
            String documentSha256,
            String pdfSha256) {}

    /**
     * A version of an agreement and its acceptance.
     *
     * @param text what was accepted, whole
     * @param textSha256 hexadecimal, of the text's UTF-8 bytes
     * @param how PORTAL, SIGNED or STATED
     * @param inForceTo half-open; null for no end
     * @param rules rates for some calls, which go first
     * @param rates people's own hourly rates
     */
    public record Agreed(
            UUID agreementId,
            UUID versionId,
            String number,
            int version,
            Instant inForceFrom,
            Instant inForceTo,
            Instant acceptedAt,
            String acceptedBy,
            String how,
            Instant notedAt,
            String notedBy,
            Terms terms,
            RateRules rules,
            List<Rate> rates,
            String text,
            String textSha256) {
        public Agreed {
            rates = List.copyOf(rates);
        }
    }

    /** A person's own hourly rate. */
    public record Rate(UUID personId, String person, BigDecimal hourlyRate) {}

    /**
     * One talk: what it cost, and what that rests on.
     *
     * @param position place on the statement, from 1; of a call the talk's
     * @param words the explanation in sentences
     * @param codes given after the call, oldest first
     * @param records of the phone system, in the order of files and records
     * @param late records that came after the statement was issued, and count for nothing on it
     */
    public record Line(
            int position,
            UUID callId,
            int chargeNo,
            ChargeFacts charge,
            List<String> words,
            CallFacts call,
            List<GivenCode> codes,
            List<Source> records,
            List<Source> late) {
        public Line {
            words = List.copyOf(words);
            codes = List.copyOf(codes);
            records = List.copyOf(records);
            late = List.copyOf(late);
        }
    }

    /**
     * The charge of a talk.
     *
     * @param number the other side; empty when withheld
     * @param state HELD, UNBILLED, HOUSE, RATED, or CREDITED where a credit note has freed it and it is something else
     *     now; figures of money are there only when RATED or CREDITED
     * @param reason why it is held or not billed
     * @param explanation the steps from talk seconds to amount
     */
    public record ChargeFacts(
            Instant startedAt,
            Instant answeredAt,
            boolean outgoing,
            String number,
            UUID personId,
            String person,
            int talkSeconds,
            String code,
            String state,
            String reason,
            UUID agreementVersionId,
            Integer billedSeconds,
            BigDecimal quantity,
            String unit,
            BigDecimal unitRate,
            String currency,
            BigDecimal amount,
            Integer ruleVersion,
            @JsonRawValue @Schema(type = SchemaType.ARRAY) String explanation) {
        static final String CREDITED = "CREDITED";
    }

    /**
     * The call.
     *
     * @param pbxCode as the phone system wrote it; empty when none
     * @param flags what the records could not tell, separated by blanks
     */
    public record CallFacts(
            Instant startedAt,
            Instant answeredAt,
            Instant endedAt,
            Direction direction,
            String party,
            int talkSeconds,
            List<PersonTalk> talks,
            String pbxCode,
            String code,
            CodeOrigin codeOrigin,
            String flags) {
        public CallFacts {
            talks = List.copyOf(talks);
        }
    }

    /**
     * A code that somebody gave the call.
     *
     * @param code empty when a given one was taken back, and when it is masked
     * @param masked it stood for somebody else, and the reader is a client
     */
    public record GivenCode(Instant at, String code, String author, boolean masked) {}

    /**
     * A record of the phone system.
     *
     * @param file name of the file it came in
     * @param fileSha256 hexadecimal, over all bytes of the file, noted when it came
     * @param lineNo first line of the record in the file, from 1
     * @param offset first byte of it in the file
     * @param length in bytes
     * @param sha256 hexadecimal, over the bytes without line end
     * @param contentHash hexadecimal, the first 16 bytes of the same, noted when it was read
     * @param bytes Base64, as they came
     * @param text the same for people
     * @param caller as the record was understood, like all that follows
     */
    public record Source(
            UUID fileId,
            String file,
            String fileSha256,
            long recordNo,
            long lineNo,
            long offset,
            int length,
            String sha256,
            String contentHash,
            String bytes,
            String text,
            Instant startedAt,
            Instant answeredAt,
            Instant endedAt,
            String disposition,
            String caller,
            String called,
            String fromSide,
            String toSide,
            int talkSeconds,
            String code) {}

    /**
     * An entry of the audit log.
     *
     * @param entry the act's document, exactly as hashed
     * @param previousHash hexadecimal
     * @param hash hexadecimal SHA-256 over the previous hash's bytes and the entry's
     */
    public record Act(
            long seq,
            Instant at,
            String actor,
            String action,
            String subject,
            String entry,
            String previousHash,
            String hash) {}
}
