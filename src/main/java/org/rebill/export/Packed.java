package org.rebill.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The zip archive that office files are: one part after the other, each written as text. */
final class Packed {
    private final ZipOutputStream zip;
    private final Writer text;

    Packed(OutputStream out) {
        zip = new ZipOutputStream(
                new FilterOutputStream(out) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        out.write(bytes, from, length);
                    }

                    @Override
                    public void close() throws IOException {
                        // The caller's stream stays open.
                        out.flush();
                    }
                },
                StandardCharsets.UTF_8);
        text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
    }

    /** Begins a part; what is written next is its text. */
    Writer begin(String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        return text;
    }

    void end() throws IOException {
        text.flush();
        zip.closeEntry();
    }

    void part(String name, String content) throws IOException {
        begin(name).write(content);
        end();
    }

    /** A part that is not deflated, as ODF wants its first one. */
    void stored(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    void close() throws IOException {
        zip.finish();
        zip.flush();
    }
}
