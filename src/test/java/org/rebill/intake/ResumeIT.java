package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.call.CallFilter;
import org.rebill.call.CallSummary;
import org.rebill.call.Calls;
import org.rebill.firm.Firms;
import org.rebill.identity.Role;
import org.rebill.intake.format.AsteriskCdrCsv;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.RecordReader;
import org.rebill.platform.Ids;
import org.rebill.testing.InServer;
import org.rebill.testing.TestFirm;

/** Reading that is killed anywhere goes on without loss or doubling; firms in turn on the same beans do not meet. */
class ResumeIT extends InServer {
    private static final int CALLS = 21_000;

    @Inject
    private IntakeFiles files;

    @Inject
    private FileBytes bytes;

    @Inject
    private Sources sources;

    @Inject
    private Firms firms;

    @Inject
    private AsteriskCdrCsv format;

    @Inject
    private ReadFileJob job;

    @Inject
    private Calls calls;

    @Inject
    private EntityManager entities;

    @Inject
    private UserTransaction transaction;

    private TestFirm firm;

    @BeforeEach
    void firm() {
        firm = TestFirm.createInServer();
    }

    @Test
    void aKilledReadingGoesOnWhereItStopped() throws Exception {
        firm.as(Role.CLERK, () -> {
            Source source = newSource();
            UUID file = keep(source, MasterCsv.of(MasterCsv.calls(CALLS)));
            IntakeFile begun = files.begin(file).orElseThrow();
            try (InputStream content = bytes.open(file, 0)) {
                RecordReader reader = format.read(content, source.settings(), new FileStart(new byte[0], 0, 1));
                RecordBatch first = RecordBatch.read(reader, 0, 0).orElseThrow();

                // Killed before the commit: as if it had never been.
                transaction.begin();
                assertThat(files.store(file, source, first)).isTrue();
                transaction.rollback();
                assertThat(file(file).records()).isZero();
                assertThat(found().calls()).isZero();

                // Killed after the commit of the first batch.
                assertThat(files.store(file, source, first)).isTrue();
                assertThat(file(file).readBytes()).isEqualTo(first.toByte());
                // The same batch again, by a run that did not know: refused, nothing doubled.
                assertThat(files.store(file, source, first)).isFalse();
            }
            assertThat(begun.id()).isEqualTo(file);

            job.run(file);

            IntakeFile done = file(file);
            assertThat(done.state()).isEqualTo(FileState.DONE);
            assertThat(List.of(done.records(), done.legs(), done.calls()))
                    .containsExactly((long) CALLS, (long) CALLS, (long) CALLS);
            assertThat(done.duplicates()).isZero();
            assertThat(found().calls()).isEqualTo(CALLS);
            assertThat(found().talkSeconds()).isEqualTo(CALLS * 300L);

            // Asked for again, it does nothing.
            job.run(file);
            assertThat(file(file).records()).isEqualTo(CALLS);
            return null;
        });
    }

    @Test
    void aBatchMayCutACall() throws Exception {
        firm.as(Role.CLERK, () -> {
            Source source = newSource();
            // Three records a call: the batch's end falls into one.
            List<String> lines = new ArrayList<>(MasterCsv.rings(0, 3_400));
            UUID file = keep(source, MasterCsv.of(lines));

            job.run(file);

            assertThat(file(file).legs()).isEqualTo(10_200);
            assertThat(file(file).calls()).isEqualTo(3_400);
            assertThat(file(file).joined()).as("calls of this file only").isZero();
            assertThat(found().calls()).isEqualTo(3_400);
            assertThat(found().talkSeconds()).isEqualTo(3_400 * 120L);
            return null;
        });
    }

    @Test
    void firmsInTurnOnTheSameBeansDoNotMeet() throws Exception {
        TestFirm second = TestFirm.createInServer("Europe/Berlin", "EUR", "de-DE");
        for (int turn = 0; turn < 3; turn++) {
            for (TestFirm each : List.of(firm, second)) {
                int expected = turn + 1;
                byte[] own = MasterCsv.of(MasterCsv.calls(50 * expected));
                each.as(Role.OWNER, () -> {
                    Source source = expected == 1 ? newSource() : sources.all().get(0);
                    UUID file = keep(source, own);
                    job.run(file);
                    assertThat(found().calls()).isEqualTo(50L * expected);
                    assertThat(file(file).duplicates()).isEqualTo(50L * (expected - 1));
                    return null;
                });
            }
        }
    }

    private Source newSource() {
        return sources.create(new Sources.Draft(
                firms.sites().get(0).id(),
                "Office " + Ids.next(),
                "asterisk-cdr-csv",
                null,
                null,
                true,
                null,
                "512",
                "",
                3,
                0));
    }

    /** Keeps a file without the job that would read it, so that the test does. */
    private UUID keep(Source source, byte[] content) throws Exception {
        try (Spool spool = Spool.of(new ByteArrayInputStream(content))) {
            transaction.begin();
            UUID file = files.keep(source.id(), "Master.csv", spool, IntakeFile.Via.UPLOAD)
                    .id();
            entities.createNativeQuery("delete from scheduled_tasks where task_instance like :file")
                    .setParameter("file", "%" + file)
                    .executeUpdate();
            transaction.commit();
            return file;
        }
    }

    private IntakeFile file(UUID id) throws Exception {
        transaction.begin();
        try {
            return entities.find(IntakeFile.class, id);
        } finally {
            transaction.commit();
        }
    }

    private CallSummary found() {
        return calls.summary(CallFilter.ALL);
    }
}
