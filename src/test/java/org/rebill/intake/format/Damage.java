package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** How to damage the bytes of a file. */
enum Damage {
    FLIP_BITS,
    DROP_BYTES,
    CUT_LINE,
    JOIN_LINES,
    NUL_RUN,
    REPEAT_PIECE,
    DROP_QUOTE,
    ADD_QUOTE,
    OTHER_LINE_ENDS,
    OTHER_ENCODING,
    RANDOM_BYTES;

    /** The damaged bytes; the given ones may be changed. */
    byte[] done(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(200));
        return switch (this) {
            case FLIP_BITS -> {
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield bytes;
            }
            case DROP_BYTES -> spliced(bytes, at, at + length, new byte[0]);
            case CUT_LINE -> Arrays.copyOf(bytes, at);
            case JOIN_LINES -> without(bytes, next(bytes, at, (byte) '\n'));
            case NUL_RUN -> spliced(bytes, at, at, new byte[length]);
            case REPEAT_PIECE -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case DROP_QUOTE -> without(bytes, next(bytes, at, (byte) '"'));
            case ADD_QUOTE -> spliced(bytes, at, at, new byte[] {'"'});
            case OTHER_LINE_ENDS -> {
                String lineEnd = List.of("\r", "\r\n", "\n\n", "\n\r").get(random.nextInt(4));
                yield new String(bytes, ISO_8859_1).replace("\n", lineEnd).getBytes(ISO_8859_1);
            }
            case OTHER_ENCODING -> {
                String text = new String(bytes, UTF_8);
                yield random.nextBoolean() ? text.getBytes(UTF_16LE) : text.getBytes(ISO_8859_1);
            }
            case RANDOM_BYTES -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                yield spliced(bytes, at, at, noise);
            }
        };
    }

    private static byte[] without(byte[] bytes, int at) {
        return at < 0 ? bytes : spliced(bytes, at, at + 1, new byte[0]);
    }

    private static int next(byte[] bytes, int from, byte wanted) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length);
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
