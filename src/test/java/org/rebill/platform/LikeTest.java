package org.rebill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikeTest {
    @Test
    void whatIsTypedIsMeantLiterally() {
        assertThat(Like.containing(" 100%_Done! ")).isEqualTo("%100!%!_done!!%");
        assertThat(Like.beginning("10_")).isEqualTo("10!_%");
    }

    @Test
    void nothingTypedMatchesAll() {
        assertThat(Like.containing(" ")).isNull();
        assertThat(Like.beginning(null)).isNull();
    }
}
