package org.rebill.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files of one statement's evidence. */
final class Bundle {
    /** More than any statement needs; keeps a hostile archive from filling the memory. */
    private static final int MOST_BYTES = 512 << 20;

    private final Map<String, byte[]> files;

    private Bundle(Map<String, byte[]> files) {
        this.files = files;
    }

    static Bundle read(InputStream zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        long size = 0;
        try (ZipInputStream in = new ZipInputStream(zip, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readNBytes(MOST_BYTES - (int) size + 1);
                size += bytes.length;
                if (size > MOST_BYTES) {
                    throw new BrokenFile("The archive holds more than 512 MB: no evidence of Rebill's.");
                }
                if (files.put(entry.getName(), bytes) != null) {
                    throw new BrokenFile(entry.getName() + " is in the archive twice.");
                }
            }
        }
        if (files.isEmpty()) {
            throw new BrokenFile("This is no zip archive, or an empty one.");
        }
        return new Bundle(files);
    }

    Set<String> names() {
        return files.keySet();
    }

    byte[] bytes(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new BrokenFile(name + " is missing in the archive.");
        }
        return bytes;
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    Node json(String name) {
        return Node.parse(name, new String(bytes(name), StandardCharsets.UTF_8));
    }

    /** The documents of the lines, in the order of their names. */
    List<Node> lines() {
        List<Node> lines = new ArrayList<>();
        files.keySet().stream()
                .filter(name -> name.startsWith("lines/"))
                .sorted()
                .forEach(name -> lines.add(json(name)));
        return lines;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** SHA-256, hexadecimal. */
    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }
}
