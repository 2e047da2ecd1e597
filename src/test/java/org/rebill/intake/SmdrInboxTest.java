package org.rebill.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditLog;
import org.rebill.collector.Listen;
import org.rebill.collector.Way;
import org.rebill.identity.Caller;
import org.rebill.identity.Machine;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;

/** What comes over real sockets is committed before it counts, and sealed into files at line ends. */
class SmdrInboxTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String LINE = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042\r\n";

    private final BareServices services = new BareServices(NOON);
    private final SmdrInbox inbox = services.get(SmdrInbox.class);
    private final UUID stream = UUID.randomUUID();
    private final UUID source = UUID.randomUUID();
    private UUID firm;
    private long before;

    @BeforeEach
    void source() throws Exception {
        BareDatabase database = BareDatabase.get();
        BareDatabase.NewFirm made = database.newFirm();
        firm = made.id();
        database.newFile(made, source);
        in(() -> {
            services.get(AuditLog.class).open();
            return null;
        });
        before = files().size();
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, Caller.machine(new Machine(firm, source, "SMDR port"), "127.0.0.1"), work);
    }

    private List<IntakeFile> files() throws Exception {
        return in(() -> services.get(EntityManager.class)
                .createQuery("from IntakeFile order by id", IntakeFile.class)
                .getResultList());
    }

    /** All bytes of the files that were sealed, in their order. */
    private byte[] sealed() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (IntakeFile file : files()) {
            if (file.via() == IntakeFile.Via.SMDR) {
                in(() -> {
                    all.writeBytes(
                            services.get(FileBytes.class).open(file.id(), 0).readAllBytes());
                    return null;
                });
            }
        }
        return all.toByteArray();
    }

    private void seal() throws Exception {
        in(() -> {
            for (SmdrInbox.Waiting waiting : inbox.waiting(source)) {
                inbox.seal(source, waiting.stream(), waiting.torn());
            }
            return null;
        });
    }

    @Test
    void aSlowSendersRecordsAreSealedAtLineEndsAndTheRestWhenItIsGone() throws Exception {
        AtomicLong taken = new AtomicLong();
        Listen listen = Listen.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of());
        Thread listening = new Thread(() -> {
            try {
                listen.run(new Kept(taken));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        listening.start();
        while (listen.port() < 1) {
            Thread.sleep(10);
        }
        byte[] whole = (LINE + LINE.replace("1042", "1043") + LINE.substring(0, 30)).getBytes(US_ASCII);
        try (Socket phones = new Socket(InetAddress.getLoopbackAddress(), listen.port())) {
            for (int from = 0; from < whole.length; from += 25) {
                phones.getOutputStream().write(whole, from, Math.min(25, whole.length - from));
                phones.getOutputStream().flush();
                Thread.sleep(20);
            }
            await(taken, whole.length);
            seal();
            assertThat(sealed()).isEmpty();
            services.setNow(NOON.plusSeconds(3));
            seal();
            assertThat(sealed()).isEqualTo(Arrays.copyOf(whole, 2 * LINE.length()));
        }
        while (files().size() < before + 2) {
            Thread.sleep(10);
        }
        assertThat(sealed()).isEqualTo(whole);
        assertThat(services.news())
                .filteredOn(one -> one.toString().startsWith("read-file"))
                .hasSize(2);
        listening.interrupt();
        listening.join();
    }

    @Test
    void whatWasKeptBeforeAStopIsSealedAfterIt() throws Exception {
        append(1, LINE);
        append(2, LINE.substring(0, 10));
        BareServices after = new BareServices(NOON.plus(Duration.ofSeconds(61)));
        SmdrInbox other = after.get(SmdrInbox.class);
        after.in(firm, Caller.machine(new Machine(firm, source, "SMDR port"), ""), () -> {
            List<SmdrInbox.Waiting> waiting = other.waiting(source);
            assertThat(waiting).containsExactly(new SmdrInbox.Waiting(stream, true));
            other.seal(source, stream, true);
            assertThat(other.waiting(source)).isEmpty();
            return null;
        });
        assertThat(sealed()).isEqualTo((LINE + LINE.substring(0, 10)).getBytes(US_ASCII));
    }

    @Test
    void anEndlessLineIsCut() throws Exception {
        String piece = "x".repeat(300_000);
        for (int no = 1; no <= 4; no++) {
            append(no, piece);
        }
        seal();
        assertThat(sealed()).hasSize(1_200_000);
    }

    @Test
    void theSameBytesAgainAreOneFile() throws Exception {
        append(1, LINE);
        in(() -> {
            inbox.seal(source, stream, false);
            return null;
        });
        append(2, LINE);
        in(() -> {
            inbox.seal(source, stream, false);
            return null;
        });
        assertThat(files()).hasSize((int) before + 1);
    }

    private void append(long no, String text) throws Exception {
        in(() -> {
            inbox.append(source, stream, no, text.getBytes(US_ASCII));
            return null;
        });
    }

    private static void await(AtomicLong taken, long bytes) throws InterruptedException {
        while (taken.get() < bytes) {
            Thread.sleep(10);
        }
    }

    /** As the server's own. */
    private final class Kept implements Way.Sink {
        private final AtomicLong taken;
        private long no;

        private Kept(AtomicLong taken) {
            this.taken = taken;
        }

        @Override
        public void take(byte[] bytes, int length) throws IOException {
            no++;
            tried(() -> {
                inbox.append(source, stream, no, Arrays.copyOf(bytes, length));
                return null;
            });
            taken.addAndGet(length);
        }

        @Override
        public void complete() throws IOException {
            tried(() -> {
                inbox.seal(source, stream, true);
                return null;
            });
        }

        @Override
        public void says(String what) {
            // Nobody looks.
        }

        private void tried(Callable<Void> work) throws IOException {
            try {
                in(work);
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
