package org.rebill.evidence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.rebill.call.CodeOrigin;
import org.rebill.call.Direction;
import org.rebill.call.PersonTalk;
import org.rebill.platform.Json;
import org.rebill.platform.Sha256;
import org.rebill.rating.Quantity;
import org.rebill.rating.RateRules;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.Rounding;
import org.rebill.rating.Terms;
import org.rebill.rating.Wording;

/** The evidence of a statement of three calls, as the service would give it out. */
public final class SampleEvidence {
    private static final Instant NOON = Instant.parse("2026-10-12T17:00:00Z");
    private static final UUID PERSON = new UUID(7, 7);
    private static final UUID STATEMENT = new UUID(1, 1);
    private static final UUID AGREEMENT = new UUID(2, 2);
    private static final UUID VERSION = new UUID(2, 3);
    private static final String TEXT = "An hour of talk time costs 250.00 USD.";
    private static final Terms TERMS = new Terms(
            Currency.getInstance("USD"),
            new BigDecimal("250.00"),
            false,
            360,
            0,
            0,
            Rounding.UP,
            0,
            null,
            Quantity.HOURS_2,
            RoundingMode.HALF_UP);

    private final StringBuilder file = new StringBuilder("\"a header\"\r\n");
    private final List<Evidence.Act> acts = new ArrayList<>();
    private String last = "0".repeat(64);

    /** The phone system's file that the records are in. */
    public byte[] file() {
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The archive. */
    public byte[] archive() {
        List<Evidence.Line> withoutFile = new ArrayList<>();
        int[] talks = {311, 720, 59};
        for (int i = 0; i < talks.length; i++) {
            withoutFile.add(line(i + 1, talks[i]));
        }
        String fileHash = HexFormat.of().formatHex(Sha256.of(file()));
        List<Evidence.Line> lines =
                withoutFile.stream().map(line -> ofFile(line, fileHash)).toList();
        String document = document(lines);
        byte[] pdf = "%PDF-1.7 a statement".getBytes(StandardCharsets.UTF_8);
        BigDecimal total = total(lines);
        Evidence.Issued issued = new Evidence.Issued(
                STATEMENT,
                "HO-2026-001",
                new UUID(3, 3),
                "Barton Creek Builders",
                LocalDate.of(2026, 10, 1),
                LocalDate.of(2026, 10, 31),
                "USD",
                total,
                NOON.plusSeconds(2_000_000),
                "Margaret Hale",
                hash(document.getBytes(StandardCharsets.UTF_8)),
                hash(pdf));
        Instant accepted = NOON.minusSeconds(5_000_000);
        act(
                accepted,
                "agreement.accepted",
                "agreement/" + AGREEMENT,
                Map.of(
                        "version",
                        1,
                        "acceptedAt",
                        accepted,
                        "acceptedBy",
                        "Thomas Reyes",
                        "textSha256",
                        hash(TEXT.getBytes(StandardCharsets.UTF_8))));
        act(NOON.plusSeconds(900), "call.coded", "call/" + new UUID(1, 40), Map.of("code", "1042"));
        act(
                issued.issuedAt(),
                "statement.issued",
                "statement/" + STATEMENT,
                Map.of(
                        "number",
                        issued.number(),
                        "total",
                        total,
                        "document",
                        issued.documentSha256(),
                        "pdf",
                        issued.pdfSha256()));
        Evidence.Agreed agreed = new Evidence.Agreed(
                AGREEMENT,
                VERSION,
                "A-001",
                1,
                accepted,
                null,
                accepted,
                "Thomas Reyes",
                "SIGNED",
                accepted,
                "Elena Ortiz",
                TERMS,
                RateRules.none(java.time.ZoneId.of("America/Chicago")),
                List.of(new Evidence.Rate(PERSON, "Karin Lindqvist", new BigDecimal("310.00"))),
                TEXT,
                hash(TEXT.getBytes(StandardCharsets.UTF_8)));
        Evidence evidence =
                new Evidence("Hale & Ortiz LLP", "America/Chicago", issued, List.of(agreed), lines, List.copyOf(acts));
        return new EvidenceArchive(evidence, document, pdf)
                .write(manifest -> act(
                        NOON.plusSeconds(3_000_000),
                        "evidence.taken",
                        "statement/" + STATEMENT,
                        Map.of("number", issued.number(), "manifest", manifest)));
    }

    private Evidence.Line line(int no, int talk) {
        // The second call is Karin's, at her own rate.
        boolean karins = no == 2;
        Terms terms = karins
                ? new Terms(
                        TERMS.currency(),
                        new BigDecimal("310.00"),
                        false,
                        360,
                        0,
                        0,
                        Rounding.UP,
                        0,
                        null,
                        Quantity.HOURS_2,
                        RoundingMode.HALF_UP)
                : TERMS;
        Rated rated = Rating.rate(talk, terms);
        Instant start = NOON.plusSeconds(3600L * no);
        Instant answer = start.plusSeconds(7);
        UUID person = karins ? PERSON : null;
        return new Evidence.Line(
                no,
                new UUID(no, 40),
                1,
                new Evidence.ChargeFacts(
                        start,
                        answer,
                        true,
                        "+15125550144",
                        person,
                        karins ? "Karin Lindqvist" : "101",
                        talk,
                        "1042",
                        "RATED",
                        null,
                        VERSION,
                        rated.billedSeconds(),
                        rated.quantity(),
                        rated.unit().name(),
                        rated.unitRate(),
                        "USD",
                        rated.amount(),
                        rated.ruleVersion(),
                        Json.write(rated.explanation())),
                Wording.of(java.util.Locale.US).tell(rated, TERMS.currency()),
                new Evidence.CallFacts(
                        start,
                        answer,
                        answer.plusSeconds(talk),
                        Direction.OUT,
                        "+15125550144",
                        talk,
                        List.of(new PersonTalk(person, "101", answer, talk)),
                        no == 1 ? "" : "1042",
                        "1042",
                        no == 1 ? CodeOrigin.WEB : CodeOrigin.PBX,
                        ""),
                no == 1
                        ? List.of(new Evidence.GivenCode(NOON.plusSeconds(9000), "1042", "Karin Lindqvist", false))
                        : List.of(),
                List.of(source(no, talk, start)),
                List.of());
    }

    private Evidence.Source source(int no, int talk, Instant start) {
        String record = "\"1042\",\"101\",\"915125550144\",\"call " + no + "\"," + talk + "\r\n";
        int offset = file.length();
        file.append(record);
        String hash = hash(record.strip().getBytes(StandardCharsets.UTF_8));
        return new Evidence.Source(
                new UUID(5, 5),
                "Master.csv",
                "",
                no,
                no + 1L,
                offset,
                record.length(),
                hash,
                hash.substring(0, 32),
                Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8)),
                record.strip(),
                start,
                start.plusSeconds(7),
                start.plusSeconds(7L + talk),
                "ANSWERED",
                "101",
                "915125550144",
                "PJSIP/101-1",
                "PJSIP/trunk-1",
                talk,
                "1042");
    }

    private static Evidence.Line ofFile(Evidence.Line line, String hash) {
        Evidence.Source one = line.records().get(0);
        Evidence.Source with = new Evidence.Source(
                one.fileId(),
                one.file(),
                hash,
                one.recordNo(),
                one.lineNo(),
                one.offset(),
                one.length(),
                one.sha256(),
                one.contentHash(),
                one.bytes(),
                one.text(),
                one.startedAt(),
                one.answeredAt(),
                one.endedAt(),
                one.disposition(),
                one.caller(),
                one.called(),
                one.fromSide(),
                one.toSide(),
                one.talkSeconds(),
                one.code());
        return new Evidence.Line(
                line.position(),
                line.callId(),
                line.chargeNo(),
                line.charge(),
                line.words(),
                line.call(),
                line.codes(),
                List.of(with),
                List.of());
    }

    private static BigDecimal total(List<Evidence.Line> lines) {
        return lines.stream().map(line -> line.charge().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String document(List<Evidence.Line> lines) {
        MessageDigest all = Sha256.digest();
        List<Map<String, Object>> printed = new ArrayList<>();
        for (Evidence.Line line : lines) {
            all.update(HexFormat.of().parseHex(line.records().get(0).sha256()));
            Map<String, Object> on = new LinkedHashMap<>();
            on.put("callId", line.callId());
            on.put("chargeNo", line.chargeNo());
            on.put("at", line.charge().answeredAt());
            on.put("outgoing", line.charge().outgoing());
            on.put("talkSeconds", line.charge().talkSeconds());
            on.put("billedSeconds", line.charge().billedSeconds());
            on.put("quantity", line.charge().quantity());
            on.put("unit", line.charge().unit());
            on.put("unitRate", line.charge().unitRate());
            on.put("amount", line.charge().amount());
            printed.add(on);
        }
        Map<String, Object> matter = new LinkedHashMap<>();
        matter.put("name", "Sandoval v. Barton Creek");
        matter.put("lines", printed);
        matter.put("amount", total(lines));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("number", "HO-2026-001");
        document.put("matters", List.of(matter));
        document.put("total", total(lines));
        document.put("evidence", HexFormat.of().formatHex(all.digest()));
        return Json.write(document);
    }

    private Evidence.Act act(Instant at, String action, String subject, Map<String, Object> after) {
        Map<String, Object> entry = new TreeMap<>();
        entry.put("seq", acts.size() + 1);
        entry.put("at", at);
        entry.put("by", "Elena Ortiz");
        entry.put("action", action);
        entry.put("subject", subject);
        entry.put("after", after);
        String text = Json.write(entry);
        MessageDigest sha256 = Sha256.digest();
        sha256.update(HexFormat.of().parseHex(last));
        String hash = HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        Evidence.Act act = new Evidence.Act(acts.size() + 1L, at, "Elena Ortiz", action, subject, text, last, hash);
        last = hash;
        acts.add(act);
        return act;
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }
}
