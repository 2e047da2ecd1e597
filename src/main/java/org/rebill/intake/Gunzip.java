package org.rebill.intake;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.rebill.platform.Refusal;

/** Unpacks gzip; what is damaged or cut is refused (422), not a fault of ours. */
final class Gunzip extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private Gunzip(InputStream unpacked) {
        super(unpacked);
    }

    static InputStream of(InputStream packed) throws IOException {
        try {
            return new Gunzip(new GZIPInputStream(packed, BUFFER));
        } catch (ZipException | EOFException e) {
            throw broken();
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (ZipException | EOFException e) {
            throw broken();
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (ZipException | EOFException e) {
            throw broken();
        }
    }

    private static Refusal broken() {
        return new Refusal.Invalid(
                "file",
                "gzip.broken",
                "What was packed by gzip is damaged or not complete. Pack it and send it again.");
    }
}
