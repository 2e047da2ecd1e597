package org.rebill.collector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The phone system appends to a file (Asterisk's Master.csv). Goes on where it was after a restart, also when the file
 * was rotated meanwhile by renaming it ({@code Master.csv.1}) or by copying and cutting it. Takes whole lines only, so
 * that a kill between keeping bytes and noting how far it is gives the same lines again, and never half of one.
 */
final class Follow implements Way {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int LOOK_MILLIS = 500;
    private static final String POSITION = "position";

    private final Path file;
    private final Path position;

    /** The file that is read, and how far. The key tells a file from another that took its name. */
    private record Place(String key, long offset) {}

    private Follow(Path file, Path position) {
        this.file = file;
        this.position = position;
    }

    static Follow of(Settings.Feed feed, Path folder) throws SettingsProblem {
        return new Follow(Path.of(feed.required("file")).toAbsolutePath(), folder.resolve(POSITION));
    }

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        sink.says("waiting for " + file);
        while (!Thread.currentThread().isInterrupted()) {
            Place place = place();
            String current = key(file);
            if (current == null) {
                Thread.sleep(LOOK_MILLIS);
                continue;
            }
            if (place != null && !place.key.equals(current)) {
                place = readRotated(place, sink);
            }
            Place from = place == null || !place.key.equals(current) ? new Place(current, 0) : place;
            sink.says("following " + file);
            long read = read(file, from, false, sink);
            if (read == 0) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** The rest of the file that was read last, and those that came and went since, the oldest first. */
    private Place readRotated(Place last, Sink sink) throws IOException {
        boolean found = false;
        for (Path old : rotated()) {
            String key = key(old);
            if (key == null) {
                continue;
            }
            if (key.equals(last.key)) {
                found = true;
                read(old, last, true, sink);
            } else if (found) {
                read(old, new Place(key, 0), true, sink);
            }
        }
        if (!found) {
            sink.says("the file that was read last is gone from " + file.getParent()
                    + "; if it was packed, send it to Rebill by upload: what is known is not taken twice");
        }
        return place();
    }

    /** Files beside that begin with the same name, the one that was changed first first; packed ones left out. */
    private List<Path> rotated() throws IOException {
        String name = file.getFileName().toString();
        record Old(Path path, FileTime changed) {}
        List<Old> olds = new ArrayList<>();
        try (Stream<Path> siblings = Files.list(file.getParent())) {
            for (Path sibling : siblings.toList()) {
                String other = sibling.getFileName().toString();
                boolean packed = other.endsWith(".gz") || other.endsWith(".xz") || other.endsWith(".bz2");
                if (other.startsWith(name) && !other.equals(name) && !packed && Files.isRegularFile(sibling)) {
                    olds.add(new Old(sibling, Files.getLastModifiedTime(sibling)));
                }
            }
        }
        return olds.stream()
                .sorted(Comparator.comparing(Old::changed))
                .map(Old::path)
                .toList();
    }

    /** What tells a file from another: its number in the file system, else when it was made. Null when it is not there. */
    private static String key(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return key == null ? attributes.creationTime().toString() : key.toString();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Reads what is there from a place on and notes how far it came.
     *
     * @param finished nothing more will be written: take the last line even without its end
     * @return how many bytes were taken
     */
    private long read(Path path, Place from, boolean finished, Sink sink) throws IOException {
        long taken = 0;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            // Shorter than what was read: copied away and cut, and written anew from its beginning.
            long offset = from.offset;
            if (channel.size() < offset) {
                offset = 0;
                note(new Place(from.key, offset));
            }
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (true) {
                buffer.clear();
                int length = channel.read(buffer, offset);
                if (length <= 0) {
                    return taken;
                }
                byte[] bytes = buffer.array();
                int whole = finished && offset + length >= channel.size() ? length : lineEnd(bytes, length);
                if (whole == 0 && length == bytes.length) {
                    if (bytes.length >= LONGEST_LINE) {
                        whole = length;
                    } else {
                        buffer = ByteBuffer.allocate(bytes.length * 4);
                        continue;
                    }
                }
                if (whole == 0) {
                    return taken;
                }
                sink.take(bytes, whole);
                offset += whole;
                taken += whole;
                note(new Place(from.key, offset));
            }
        }
    }

    private static int lineEnd(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private Place place() throws IOException {
        if (!Files.exists(position)) {
            return null;
        }
        String text = Files.readString(position, StandardCharsets.UTF_8).strip();
        int blank = text.indexOf(' ');
        if (blank < 0 || !text.substring(0, blank).matches("[0-9]{1,18}")) {
            throw new IOException("the note of how far " + file + " was read is damaged: delete " + position
                    + "; the file is read from its beginning then, and nothing is taken twice");
        }
        return new Place(text.substring(blank + 1), Long.parseLong(text.substring(0, blank)));
    }

    private void note(Place place) throws IOException {
        Path next = position.resolveSibling(POSITION + ".next");
        byte[] text = (place.offset + " " + place.key + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text));
            channel.force(true);
        }
        Files.move(next, position, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
