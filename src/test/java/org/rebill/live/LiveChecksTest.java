package org.rebill.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditLog;
import org.rebill.code.AccountCode;
import org.rebill.code.Codes;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.identity.Machine;
import org.rebill.identity.Role;
import org.rebill.intake.format.CallIds;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.policy.CodePolicies;

/** Answers from memory on the real schema: how soon a change is known, what stays when the database goes. */
class LiveChecksTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOON);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean down = new AtomicBoolean();
    private final UUID source = UUID.randomUUID();
    private BareDatabase.NewFirm firm;
    private LiveViews views;
    private int loads;

    @BeforeEach
    void aFirmWithAPhoneSystem() throws Exception {
        firm = BareDatabase.get().newFirm();
        BareDatabase.get().newFile(firm, source);
        in(() -> {
            services.get(AuditLog.class).open();
            return null;
        });
        LiveLoad load =
                new LiveLoad(
                        services.get(jakarta.persistence.EntityManager.class),
                        services.get(Codes.class),
                        services.get(CodePolicies.class),
                        services.get(Firms.class)) {
                    @Override
                    public long mark() {
                        return inTransaction(super::mark);
                    }

                    @Override
                    LiveView load() {
                        loads++;
                        return inTransaction(super::load);
                    }
                };
        views = new LiveViews(load, nanos::get);
    }

    private <T> T inTransaction(Callable<T> work) {
        if (down.get()) {
            throw new IllegalStateException("The database does not answer");
        }
        try {
            return in(work);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm.id(), CLERK, work);
    }

    private LiveAnswer ask(String code) {
        LiveViews.Seen seen = views.of(firm.id());
        return seen.view() == null
                ? LiveView.missing(new LiveQuestion(code, "", "", ""))
                : seen.view().answer(source, new LiveQuestion(code, "15125550144", "203", ""), NOON, seen.current());
    }

    private AccountCode give(String code) throws Exception {
        return in(() -> services.get(Codes.class).create(new Codes.Draft(code, null, true, null, null, null)));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aNewCodeIsKnownAndARetiredOneIsNotWithinFiveSecondsAndAnUnchangedFirmIsNotReadAgain() throws Exception {
        assertThat(ask("1042")).isEqualTo(LiveAnswer.UNKNOWN);
        AccountCode code = give("1042");
        assertThat(ask("1042")).as("from memory").isEqualTo(LiveAnswer.UNKNOWN);
        pass(Duration.ofSeconds(2));
        assertThat(ask("1042")).isEqualTo(LiveAnswer.OK);
        assertThat(loads).isEqualTo(2);

        pass(Duration.ofSeconds(60));
        assertThat(ask("1042")).isEqualTo(LiveAnswer.OK);
        assertThat(loads).as("nothing was noted").isEqualTo(2);

        in(() -> services.get(Codes.class).retire(code.id(), NOON));
        pass(Duration.ofSeconds(4));
        assertThat(ask("1042")).isEqualTo(LiveAnswer.UNKNOWN);
    }

    @Test
    void whenTheDatabaseGoesMemoryAnswersAndTheFirmsChoiceDecidesTheRest() throws Exception {
        give("1042");
        in(() -> {
            services.get(LiveSettings.class).failOpen(false);
            return null;
        });
        assertThat(ask("1042")).isEqualTo(LiveAnswer.OK);
        down.set(true);
        pass(Duration.ofSeconds(10));
        assertThat(ask("1042")).isEqualTo(LiveAnswer.OK);
        assertThat(ask("77")).as("closed").isEqualTo(LiveAnswer.UNKNOWN);

        down.set(false);
        in(() -> {
            services.get(LiveSettings.class).failOpen(true);
            return null;
        });
        pass(Duration.ofSeconds(10));
        assertThat(ask("77")).isEqualTo(LiveAnswer.UNKNOWN);
        down.set(true);
        pass(Duration.ofSeconds(10));
        assertThat(ask("77")).as("open").isEqualTo(LiveAnswer.OK);
    }

    @Test
    void whoNeverReadAnythingHoldsNoCallUp() {
        down.set(true);

        assertThat(ask("77")).isEqualTo(LiveAnswer.OK);
        assertThat(ask("")).isEqualTo(LiveAnswer.NOT_NEEDED);
    }

    @Test
    void eachCheckIsKeptAndBelongsToTheCallThatItsRecordsWillMake() throws Exception {
        CheckStore store = services.get(CheckStore.class);
        UUID call = CallIds.of(source, "1795291331.9001");
        in(() -> {
            store.store(List.of(
                    check("77", "1795291331.9001", LiveAnswer.UNKNOWN, call),
                    check("1042", "1795291331.9001", LiveAnswer.OK, call),
                    check("", "", LiveAnswer.NOT_NEEDED, null)));
            return null;
        });

        List<LiveSettings.Kept> kept = in(() -> services.get(LiveSettings.class).last());

        assertThat(kept)
                .extracting(LiveSettings.Kept::answer)
                .containsExactlyInAnyOrder(LiveAnswer.UNKNOWN, LiveAnswer.OK, LiveAnswer.NOT_NEEDED);
        assertThat(kept).extracting(LiveSettings.Kept::callId).containsOnly(call, null);
        UUID other = BareDatabase.get().newFirm().id();
        assertThat(services.in(
                        other, CLERK, () -> services.get(LiveSettings.class).last()))
                .isEmpty();
    }

    private CheckLog.Check check(String code, String call, LiveAnswer answer, UUID callId) {
        return new CheckLog.Check(
                firm.id(), NOON, source, callId, new LiveQuestion(code, "15125550144", "203", call), answer);
    }

    @Test
    void aKeyIsForOneFirmOnly() {
        Machine machine = new Machine(firm.id(), UUID.randomUUID(), "Key of nothing");

        assertThat(views.of(machine.firm()).view().places()).doesNotContainKey(machine.sourceId());
        assertThat(views.of(firm.id())
                        .view()
                        .answer(machine.sourceId(), new LiveQuestion("77", "", "", ""), NOON, true))
                .isEqualTo(LiveAnswer.OK);
    }
}
