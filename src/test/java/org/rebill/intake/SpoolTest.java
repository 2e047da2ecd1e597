package org.rebill.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rebill.platform.Refusal;

class SpoolTest {
    @Test
    void bytesAreKeptAsTheyCameWithTheirHash() throws IOException {
        byte[] bytes = "a\r\nb\0".getBytes(StandardCharsets.UTF_8);
        try (Spool spool = Spool.of(new ByteArrayInputStream(bytes))) {
            assertEquals(bytes.length, spool.size());
            assertArrayEquals(bytes, spool.head());
            assertArrayEquals(Spool.sha256(new ByteArrayInputStream(bytes)), spool.sha256());
            try (InputStream again = spool.open()) {
                assertArrayEquals(bytes, again.readAllBytes());
            }
        }
    }

    @Test
    void nothingIsLeftOnDiskWhenTheSenderBreaksOff(@TempDir Path directory) throws IOException {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(new byte[100_000]), new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("The sender went away");
                    }
                });
        assertThrows(IOException.class, () -> Spool.of(broken, directory));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aFileThatIsAnnouncedTooLargeIsNotRead() {
        Refusal refused = assertThrows(Refusal.TooLarge.class, () -> Spool.checkAnnounced("2147483648"));
        assertEquals(413, refused.status());
        assertDoesNotThrow(() -> Spool.checkAnnounced(Long.toString(Spool.MAX_BYTES)));
        assertDoesNotThrow(() -> Spool.checkAnnounced(null));
        assertDoesNotThrow(() -> Spool.checkAnnounced("many"));
    }
}
