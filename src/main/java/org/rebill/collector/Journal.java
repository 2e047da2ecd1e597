package org.rebill.collector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What came in of one feed and was not accepted by the service yet, in pieces on disk. Bytes are forced to the disk
 * before {@link #append} returns; a piece is sealed at the end of a line, so that no record is torn apart, and removed
 * when the service has it. Survives a kill at any moment: {@link #open} puts right what was left half done.
 *
 * <p>Files: {@code 000000000012.open} is being written, {@code 000000000011.sealed} waits to be sent,
 * {@code 000000000007.refused} was not accepted and is kept for a person to look at.
 */
final class Journal implements AutoCloseable {
    /** A piece is sealed when it is this large, in bytes. */
    static final int PIECE_BYTES = 64 * 1024;

    private static final String OPEN = ".open";
    private static final String SEALED = ".sealed";
    private static final String REFUSED = ".refused";

    private final Path folder;
    private long number;
    private FileChannel channel;
    private long size;
    /** Behind the last line end in the open piece. */
    private long whole;

    private Journal(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the journal in a folder, which is made if it is not there.
     *
     * @throws IOException when the folder can't be written
     */
    static Journal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Journal journal = new Journal(folder);
        journal.recover();
        return journal;
    }

    private void recover() throws IOException {
        List<Path> left = files(OPEN);
        for (int i = 0; i < left.size(); i++) {
            Path piece = left.get(i);
            if (i + 1 < left.size()) {
                // Killed while sealing: what follows the last line end stands in the next piece already.
                truncate(piece, lineEnd(Files.readAllBytes(piece)));
            }
            seal(piece);
        }
        number = 1;
        for (String state : List.of(SEALED, REFUSED)) {
            for (Path piece : files(state)) {
                number = Math.max(number, numberOf(piece) + 1);
            }
        }
        begin(new byte[0]);
    }

    private static void truncate(Path piece, long length) throws IOException {
        try (FileChannel file = FileChannel.open(piece, StandardOpenOption.WRITE)) {
            file.truncate(length);
            file.force(true);
        }
    }

    private void begin(byte[] first) throws IOException {
        channel = FileChannel.open(
                folder.resolve(name(number, OPEN)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        size = 0;
        whole = 0;
        if (first.length > 0) {
            write(first, first.length);
        }
    }

    private static String name(long number, String state) {
        return String.format(Locale.ROOT, "%012d%s", number, state);
    }

    private static long numberOf(Path piece) {
        String name = piece.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    private List<Path> files(String state) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{12}\\" + state))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Keeps bytes; they are on the disk when it returns.
     *
     * @throws IOException when the disk is full or fails; the bytes may not be kept then
     */
    synchronized void append(byte[] bytes, int length) throws IOException {
        write(bytes, length);
        if (size >= PIECE_BYTES) {
            seal(false);
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(false);
        for (int i = length - 1; i >= 0; i--) {
            if (isLineEnd(bytes[i])) {
                whole = size + i + 1;
                break;
            }
        }
        size += length;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    /** Length up to and with the last line end. */
    private static int lineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && !isLineEnd(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    /**
     * Makes what came so far ready to be sent.
     *
     * @param all also what is not closed by a line end: the sender is gone, or has been silent for long
     */
    synchronized void seal(boolean all) throws IOException {
        long upTo = all || (whole == 0 && size >= 16L * PIECE_BYTES) ? size : whole;
        if (upTo == 0) {
            return;
        }
        Path piece = folder.resolve(name(number, OPEN));
        byte[] rest = new byte[0];
        if (upTo < size) {
            byte[] bytes = Files.readAllBytes(piece);
            rest = Arrays.copyOfRange(bytes, (int) upTo, bytes.length);
        }
        FileChannel finished = channel;
        number++;
        begin(rest);
        try (finished) {
            finished.truncate(upTo);
            finished.force(true);
        }
        seal(piece);
    }

    private void seal(Path piece) throws IOException {
        if (Files.size(piece) == 0) {
            Files.delete(piece);
            return;
        }
        Files.move(piece, folder.resolve(name(numberOf(piece), SEALED)), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Pieces that wait to be sent, the oldest first. */
    synchronized List<Path> waiting() throws IOException {
        return files(SEALED);
    }

    /** Pieces that the service refused; they are kept. */
    synchronized List<Path> refused() throws IOException {
        return files(REFUSED);
    }

    /** The service has committed these. */
    synchronized void sent(List<Path> pieces) throws IOException {
        for (Path piece : pieces) {
            Files.delete(piece);
        }
    }

    /** The service does not take this one, and never will: kept aside, so that those behind it get through. */
    synchronized void refuse(Path piece) throws IOException {
        Files.move(piece, folder.resolve(name(numberOf(piece), REFUSED)), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
