package org.rebill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.firm.Firms;
import org.rebill.identity.Role;
import org.rebill.testing.InServer;
import org.rebill.testing.TestFirm;

/** One bean and one thread, firms in turn: each sees its own rows only. */
class TenancyIT extends InServer {
    private static final int TURNS = 5;

    @Inject
    private Firms firms;

    private TestFirm one;
    private TestFirm two;

    @BeforeEach
    void twoFirms() {
        one = TestFirm.createInServer();
        two = TestFirm.createInServer("Europe/Berlin", "EUR", "de-DE");
    }

    @Test
    void theSameBeanServesFirmsInTurn() throws Exception {
        for (int turn = 0; turn < TURNS; turn++) {
            for (TestFirm firm : new TestFirm[] {one, two}) {
                firm.as(Role.OWNER, () -> {
                    assertThat(firms.current().profile().slug()).isEqualTo(firm.slug());
                    assertThat(firms.peopleById()).containsOnlyKeys(firm.person());
                    assertThat(firms.sites()).singleElement().satisfies(site -> assertThat(site.id())
                            .isEqualTo(firm.site()));
                    return null;
                });
            }
        }
    }
}
