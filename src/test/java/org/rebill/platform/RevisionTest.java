package org.rebill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {
    @Test
    void aChangeNamesTheVersionItWasMadeTo() {
        assertThat(Revision.required("\"12\"", "client")).isEqualTo(12);
        assertThat(Revision.tag(12).getValue()).isEqualTo("12");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void withoutIfMatchItIsRefused(String header) {
        assertThatThrownBy(() -> Revision.required(header, "client"))
                .isInstanceOfSatisfying(Refusal.Unguarded.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(428));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "W/\"12\"", "\"x\"", "*", "\"99999999999\""})
    void aTagThatIsNotOursIsNotThePresentOne(String header) {
        assertThatThrownBy(() -> Revision.required(header, "client"))
                .isInstanceOfSatisfying(Refusal.Stale.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(412));
    }
}
