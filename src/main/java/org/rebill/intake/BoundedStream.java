package org.rebill.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.rebill.platform.Refusal;

/** Lets so many bytes through and refuses (413) what goes on: for what unpacks to nobody knows how much. */
final class BoundedStream extends FilterInputStream {
    private final long most;
    private final Supplier<Refusal> refusal;
    private long passed;

    /**
     * A bound.
     *
     * @param most bytes that may pass
     * @param refusal of more
     */
    BoundedStream(InputStream in, long most, Supplier<Refusal> refusal) {
        super(in);
        this.most = most;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        passed += bytes;
        if (passed > most) {
            throw refusal.get();
        }
    }
}
