package org.rebill.statement;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.rebill.agreement.Acceptance;
import org.rebill.agreement.AgreementVersion;
import org.rebill.agreement.Agreements;
import org.rebill.agreement.Clients;
import org.rebill.agreement.OfferDraft;
import org.rebill.code.Codes;
import org.rebill.intake.FileState;
import org.rebill.intake.Intake;
import org.rebill.intake.IntakeFile;
import org.rebill.intake.Sources;
import org.rebill.rating.TermsDraft;
import org.rebill.testing.TestFirm;

/** Clients with agreements and codes, and their calls by way of a phone system's file, as in life. In the server. */
@ApplicationScoped
class Ground {
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    private Clients clients;

    @Inject
    private Codes codes;

    @Inject
    private Agreements agreements;

    @Inject
    private Sources sources;

    @Inject
    private Intake intake;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:app/rebill/jobs")
    private DataSource database;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    /** A connection as the application's role. */
    Connection connect() throws SQLException {
        return database.getConnection();
    }

    /** Threads that may use transactions. */
    ThreadFactory threads() {
        return threads;
    }

    /** A month that is over, with another one over after it. */
    YearMonth month() {
        return YearMonth.now(clock.withZone(CHICAGO)).minusMonths(2);
    }

    /** Another client than the firm's own. */
    UUID client(String name) {
        return clients.create(new Clients.Draft(name, "Ann", "3 Test Street\nTestville", null, "USD"))
                .id();
    }

    /** Agrees on 250 an hour in tenths, since before the month, and gives the client a code. */
    void agree(UUID client, String code) {
        offerAndAccept(client, "250");
        codes.create(new Codes.Draft(code, null, false, client, null, null));
    }

    void offerAndAccept(UUID client, String rate) {
        AgreementVersion version = agreements.open(
                client,
                null,
                new OfferDraft(
                        new TermsDraft(null, new BigDecimal(rate), null, 360, null, null, "UP", null, null, null, null),
                        month().minusMonths(1).atDay(1),
                        null,
                        null,
                        null));
        Instant accepted = month().minusMonths(1).atDay(1).atStartOfDay(CHICAGO).toInstant();
        agreements.accept(
                version.agreementId(),
                version.no(),
                new Acceptance(Acceptance.How.STATED, accepted, "Thomas", null, "Told on the telephone"));
    }

    /** A feed of the firm. */
    UUID source(TestFirm firm) {
        return sources.create(new Sources.Draft(
                        firm.site(),
                        "PBX " + UUID.randomUUID(),
                        "asterisk-cdr-csv",
                        null,
                        null,
                        false,
                        "US",
                        "512",
                        "9",
                        3,
                        0))
                .id();
    }

    /**
     * A call that somebody at extension 101 made.
     *
     * @param seconds talked
     */
    record Dialled(String code, LocalDateTime at, int seconds) {}

    /** Calls with this code on the days of the month, one a day from noon on, of so many seconds each. */
    List<Dialled> calls(String code, int... seconds) {
        List<Dialled> calls = new ArrayList<>();
        for (int talk : seconds) {
            calls.add(new Dialled(code, month().atDay(1 + calls.size()).atTime(12, 0), talk));
        }
        return calls;
    }

    /** Brings the calls in, and waits until they are read. */
    void bring(UUID source, List<Dialled> calls) throws Exception {
        StringBuilder csv = new StringBuilder();
        for (Dialled call : calls) {
            csv.append(record(call));
        }
        Intake.Taken taken = intake.take(
                source,
                "Master.csv",
                new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                IntakeFile.Via.UPLOAD);
        Instant end = clock.instant().plus(PATIENCE);
        FileState state = taken.file().state();
        while (state != FileState.DONE) {
            if (state == FileState.FAILED || clock.instant().isAfter(end)) {
                throw new IllegalStateException("The file of calls is " + state);
            }
            Thread.sleep(50);
            state = intake.file(taken.file().id()).state();
        }
    }

    private static String record(Dialled call) {
        LocalDateTime answer = call.at().plusSeconds(7);
        LocalDateTime end = answer.plusSeconds(call.seconds());
        String id = UUID.randomUUID().toString();
        return "\"" + call.code() + "\",\"101\",\"915125550144\",\"from-internal\",\"\"\"Test\"\" <101>\","
                + "\"PJSIP/101-0000001a\",\"PJSIP/trunk-0000001b\",\"Dial\",\"PJSIP/915125550144@trunk,300\",\""
                + STAMP.format(call.at()) + "\",\"" + STAMP.format(answer) + "\",\"" + STAMP.format(end) + "\","
                + (call.seconds() + 7) + "," + call.seconds() + ",\"ANSWERED\",\"DOCUMENTATION\",\"" + id
                + "\",\"\",\"\",\"" + id + "\",1\n";
    }
}
