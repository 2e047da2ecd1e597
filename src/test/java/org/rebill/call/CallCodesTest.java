package org.rebill.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rebill.code.Codes;

class CallCodesTest {
    @Test
    void nearIsOneSlipOfTheFinger() {
        Set<String> near = CallCodes.near("1042");
        for (String slip : new String[] {"1043", "0042", "1024", "0142", "104", "142", "10422", "11042", "10742"}) {
            assertTrue(near.contains(slip), slip);
        }
        assertFalse(near.contains("1042"), "the code itself");
        assertFalse(near.contains("2401"), "two slips");
    }

    @Test
    void nearIsAlwaysACode() {
        for (String code : new String[] {"7", "123456789"}) {
            assertEquals(
                    Set.of(),
                    Set.copyOf(CallCodes.near(code).stream()
                            .filter(other -> !Codes.wellFormed(other))
                            .toList()));
        }
        assertTrue(CallCodes.near("").isEmpty());
    }
}
