package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.identity.Caller;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;

/** Pieces of a large file, in whatever sizes they come. */
class UploadsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final BareServices services = new BareServices(NOON);
    private final Uploads uploads = services.get(Uploads.class);
    private final UUID source = UUID.randomUUID();
    private BareDatabase.NewFirm firm;

    @BeforeEach
    void source() throws Exception {
        firm = BareDatabase.get().newFirm();
        BareDatabase.get().newFile(firm, source);
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm.id(), Caller.service("test"), work);
    }

    private UUID begin(long size) throws Exception {
        return in(() -> uploads.begin(source, "C:\\cdr\\Master.csv", size).id());
    }

    @Test
    void theBytesAreTheSameInWhateverPiecesTheyCome() throws Exception {
        byte[] bytes = new byte[3_000_000];
        Random random = new Random(11);
        random.nextBytes(bytes);
        UUID id = begin(bytes.length);
        for (int at = 0; at < bytes.length; ) {
            int from = at;
            int length = Math.min(bytes.length - at, random.nextInt(400_000));
            byte[] piece = Arrays.copyOfRange(bytes, from, from + length);
            in(() -> uploads.append(id, from, piece));
            // The same piece once more, as after a lost answer: refused with where to go on, unless nothing came.
            if (length > 0) {
                assertThatThrownBy(() -> in(() -> uploads.append(id, from, piece)))
                        .isInstanceOf(Refusal.Conflict.class)
                        .hasMessageContaining(String.valueOf(from + length));
            }
            at += length;
        }
        Upload whole = in(() -> uploads.get(id));
        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.name()).isEqualTo("Master.csv");
        byte[] kept = in(() -> uploads.content(id).readAllBytes());
        assertThat(Sha256.of(kept)).isEqualTo(Sha256.of(bytes));
    }

    @Test
    void moreThanWasSaidIsRefused() throws Exception {
        UUID id = begin(5);
        assertThatThrownBy(() -> in(() -> uploads.append(id, 0, new byte[6]))).isInstanceOf(Refusal.TooLarge.class);
        assertThatThrownBy(() -> begin(Spool.MAX_BYTES + 1)).isInstanceOf(Refusal.TooLarge.class);
        assertThatThrownBy(() -> begin(0)).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void whatNobodyGoesOnWithIsThrownAwayAfterADay() throws Exception {
        UUID old = begin(10);
        in(() -> uploads.append(old, 0, new byte[3]));
        services.setNow(NOON.plus(Duration.ofHours(23)));
        UUID fresh = begin(10);
        services.setNow(NOON.plus(Duration.ofHours(25)));
        in(() -> {
            uploads.expire();
            return null;
        });
        assertThatThrownBy(() -> in(() -> uploads.get(old))).isInstanceOf(Refusal.NotFound.class);
        assertThat(in(() -> uploads.get(fresh)).receivedBytes()).isZero();
        Number pieces = in(() -> (Number) services.get(EntityManager.class)
                .createNativeQuery("select count(*) from upload_piece")
                .getSingleResult());
        assertThat(pieces.longValue()).isZero();
    }
}
