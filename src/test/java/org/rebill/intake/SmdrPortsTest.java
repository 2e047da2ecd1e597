package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmdrPortsTest {
    @Test
    void unsetItIsOff() {
        assertThat(new SmdrPorts(Optional.empty()).isOn()).isFalse();
        assertThat(new SmdrPorts(Optional.of(" ")).has(5100)).isFalse();
    }

    @Test
    void aRangeOrOnePort() {
        SmdrPorts range = new SmdrPorts(Optional.of("5100-5199"));
        assertThat(range.isOn()).isTrue();
        assertThat(range.has(5100) && range.has(5199)).isTrue();
        assertThat(range.has(5099) || range.has(5200) || range.has(0)).isFalse();
        assertThat(new SmdrPorts(Optional.of("1150")).has(1150)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "5199-5100", "0-5", "1-70000", "1,2"})
    void whatIsNoRangeIsSaidAtTheStart(String text) {
        assertThatThrownBy(() -> new SmdrPorts(Optional.of(text))).hasMessageContaining("rebill.smdr.ports");
    }
}
