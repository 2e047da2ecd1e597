package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Caller;
import org.rebill.identity.Machine;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.BareServices;
import org.rebill.platform.Refusal;

/** Keys on the real schema: made, used, rotated, revoked. */
class SourceKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOON);
    private final SourceKeys keys = services.get(SourceKeys.class);
    private NewFirm firm;
    private UUID source;

    @BeforeEach
    void aFirmWithASource() throws Exception {
        firm = BareDatabase.get().newFirm();
        source = newSource(firm);
        in(firm, () -> {
            services.get(AuditLog.class).open();
            return null;
        });
    }

    private static UUID newSource(NewFirm firm) throws Exception {
        return BareDatabase.get().newFile(firm, UUID.randomUUID()).source();
    }

    private <T> T in(NewFirm where, Callable<T> work) throws Exception {
        return services.in(where.id(), CLERK, work);
    }

    private Optional<Machine> use(String text) throws Exception {
        KeyText key = KeyText.parse(text).orElseThrow();
        return services.in(key.firm(), CLERK, () -> keys.use(key));
    }

    private SourceKeys.Made make() throws Exception {
        return in(firm, () -> keys.make(source));
    }

    @Test
    void aKeyLeadsToItsSourceAndItsUseIsNotedToTheMinute() throws Exception {
        SourceKeys.Made made = make();

        Machine machine = use(made.text()).orElseThrow();

        assertThat(machine.firm()).isEqualTo(firm.id());
        assertThat(machine.sourceId()).isEqualTo(source);
        assertThat(machine.name()).startsWith("Key " + made.key().id());
        services.setNow(NOON.plusSeconds(20));
        use(made.text());
        assertThat(only().lastUsedAt()).isEqualTo(NOON);
        services.setNow(NOON.plus(Duration.ofMinutes(2)));
        use(made.text());
        assertThat(only().lastUsedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(2)));
    }

    private SourceKey only() throws Exception {
        List<SourceKey> all = in(firm, () -> keys.of(source));
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void twoAreValidDuringARotationAndNoMore() throws Exception {
        SourceKeys.Made old = make();
        services.setNow(NOON.plusSeconds(1));
        SourceKeys.Made next = make();
        assertThatThrownBy(this::make).isInstanceOf(Refusal.Conflict.class).hasMessageContaining("two valid keys");
        assertThat(use(old.text())).isPresent();
        assertThat(use(next.text())).isPresent();

        in(firm, () -> keys.revoke(source, old.key().id()));

        assertThat(use(old.text())).isEmpty();
        assertThat(use(next.text())).isPresent();
        services.setNow(NOON.plusSeconds(2));
        SourceKeys.Made third = make();
        assertThat(in(firm, () -> keys.of(source)).stream().map(SourceKey::id))
                .containsExactly(third.key().id(), next.key().id(), old.key().id());
    }

    @Test
    void aWrongSecretAndAnotherFirmsIdAreNoKeys() throws Exception {
        SourceKeys.Made made = make();
        NewFirm other = BareDatabase.get().newFirm();
        KeyText right = KeyText.parse(made.text()).orElseThrow();
        BigInteger wrong = right.secret().flipBit(0);

        assertThat(use(new KeyText(right.firm(), right.id(), wrong).text())).isEmpty();
        assertThat(use(new KeyText(other.id(), right.id(), right.secret()).text()))
                .isEmpty();
        assertThat(use(new KeyText(UUID.randomUUID(), right.id(), right.secret()).text()))
                .isEmpty();
        assertThat(use(new KeyText(right.firm(), "zzzzzzzzzz", right.secret()).text()))
                .isEmpty();
    }

    @Test
    void anotherSourcesKeyIsNotThere() throws Exception {
        SourceKeys.Made made = make();
        UUID second = newSource(firm);
        assertThatThrownBy(() -> in(firm, () -> keys.revoke(second, made.key().id())))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(in(firm, () -> keys.of(second))).isEmpty();
        NewFirm other = BareDatabase.get().newFirm();
        assertThatThrownBy(() -> in(other, () -> keys.make(source))).isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> in(other, () -> keys.of(source))).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void actsAreInTheLogWithoutTheSecret() throws Exception {
        SourceKeys.Made made = make();
        in(firm, () -> keys.revoke(source, made.key().id()));
        // Revoked already: nothing more to note.
        in(firm, () -> keys.revoke(source, made.key().id()));

        List<AuditEntry> acts = in(firm, () -> services.get(AuditLog.class).newest(Long.MAX_VALUE, 10));

        assertThat(acts.stream().map(AuditEntry::action)).containsExactly("key.revoked", "key.made");
        String secret = made.text().substring(made.text().lastIndexOf('_') + 1);
        assertThat(acts)
                .allSatisfy(
                        act -> assertThat(act.entry()).contains(made.key().id()).doesNotContain(secret));
    }
}
