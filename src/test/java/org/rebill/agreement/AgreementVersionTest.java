package org.rebill.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Refusal;

class AgreementVersionTest {
    private static final Instant JUNE = Instant.parse("2026-06-01T05:00:00Z");
    private static final Instant JULY = Instant.parse("2026-07-01T05:00:00Z");
    private static final Instant AUGUST = Instant.parse("2026-08-01T05:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-20T09:00:00Z");

    private final Agreement agreement = new Agreement(UUID.randomUUID(), "A-001", UUID.randomUUID(), null);

    private static Acceptance signed(Instant at) {
        return new Acceptance(Acceptance.How.SIGNED, at, "Thomas Reyes", null, null);
    }

    @Test
    void goesFromOfferedToAcceptedToInForceToEnded() {
        AgreementVersion version = Offers.offer(agreement, 1, "250", JUNE, JULY);
        assertThat(version.state(MAY)).isEqualTo(AgreementState.OFFERED);
        assertThat(version.state(JUNE)).isEqualTo(AgreementState.OFFERED);

        version.accept(signed(MAY), MAY, "Elena Brandt");

        assertThat(version.state(MAY)).isEqualTo(AgreementState.ACCEPTED);
        assertThat(version.state(JUNE)).isEqualTo(AgreementState.IN_FORCE);
        assertThat(version.state(JULY.minusNanos(1000))).isEqualTo(AgreementState.IN_FORCE);
        assertThat(version.state(JULY)).isEqualTo(AgreementState.ENDED);
    }

    @Test
    void isNotInForceBeforeItWasAccepted() {
        Instant accepted = JUNE.plusSeconds(36_000);
        AgreementVersion version = Offers.accepted(agreement, 1, "250", JUNE, JULY, accepted);

        assertThat(version.inForceFrom()).isEqualTo(accepted);
        assertThat(version.state(JUNE)).isEqualTo(AgreementState.ACCEPTED);
        assertThat(version.state(accepted)).isEqualTo(AgreementState.IN_FORCE);
    }

    @Test
    void endsWhereANewerOneBegins() {
        AgreementVersion version = Offers.accepted(agreement, 1, "250", JUNE, AUGUST, MAY);

        version.supersede(JULY);

        assertThat(version.inForceTo()).isEqualTo(JULY);
        assertThat(version.state(JULY.minusSeconds(1))).isEqualTo(AgreementState.IN_FORCE);
        assertThat(version.state(JULY)).isEqualTo(AgreementState.SUPERSEDED);
    }

    @Test
    void keepsTheEarliestOfSeveralSuccessors() {
        AgreementVersion version = Offers.accepted(agreement, 1, "250", JUNE, null, MAY);

        version.supersede(JULY);
        version.supersede(AUGUST);

        assertThat(version.inForceTo()).isEqualTo(JULY);
    }

    @Test
    void anOfferTakenBackCantBeAccepted() {
        AgreementVersion version = Offers.offer(agreement, 2, "250", JUNE, null);
        version.withdraw(MAY);

        assertThat(version.state(JUNE)).isEqualTo(AgreementState.WITHDRAWN);
        assertThatThrownBy(() -> version.accept(signed(MAY), MAY, "Elena Brandt"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("Version 2 was withdrawn. Offer these terms again.");
    }

    @Test
    void whatWasAcceptedIsNeitherWithdrawnNorAcceptedAgain() {
        AgreementVersion version = Offers.accepted(agreement, 1, "250", JUNE, null, MAY);

        assertThatThrownBy(() -> version.withdraw(JUNE))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("accepted by Thomas Reyes already");
        assertThatThrownBy(() -> version.accept(signed(JUNE), JUNE, "Elena Brandt"))
                .isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void termsCantBeAcceptedAfterTheirLastDay() {
        AgreementVersion version = Offers.offer(agreement, 1, "250", JUNE, JULY);

        assertThatThrownBy(() -> version.accept(signed(JULY), JULY, "Elena Brandt"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("had already ended");
        assertThat(version.isOpen()).isTrue();
    }
}
