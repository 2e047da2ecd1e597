package org.rebill.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawRecordTest {
    @Test
    void textIsShownAsItIsWithoutTheLineEnd() {
        byte[] bytes = "\"1042\",\"Müller & Söhne\" <201>\r\n".getBytes(StandardCharsets.UTF_8);
        assertEquals("\"1042\",\"Müller & Söhne\" <201>", RawRecord.text(bytes));
        assertTrue(RawRecord.isPrintable(bytes));
    }

    @Test
    void nothingThatCantBePrintedIsLeftOut() {
        byte[] latin1 = "Jos\u00e9\t7".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("Jos\\xe9\\x097", RawRecord.text(latin1));
        assertFalse(RawRecord.isPrintable(latin1));
        // A zero and a mark that turns the direction of writing, as a name could carry it to deceive.
        assertEquals("a\\x00\\xe2\\x80\\xaeb", RawRecord.text("a\0\u202eb".getBytes(StandardCharsets.UTF_8)));
        // Cut inside of a character, as Asterisk does after 79 bytes.
        assertEquals("x\\xc3", RawRecord.text(new byte[] {'x', (byte) 0xc3}));
    }

    @Test
    void aTableShowsEachByteWithItsPlaceInTheFile() {
        byte[] bytes = "0123456789abcdef\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                "0002a9f0  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef\n" + "0002aa00  0a"
                        + " ".repeat(45) + "  .\n",
                RawRecord.dump(bytes, 0x2a9f0));
    }
}
