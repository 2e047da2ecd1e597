package org.rebill.intake.format;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** How one kind of phone system writes its records. An application-scoped bean without state; found by CDI. */
public interface RecordFormat {
    /** Stable, such as {@code asterisk-cdr-csv}. */
    String id();

    /** For people, such as "Asterisk / FreePBX cdr_csv (Master.csv)". */
    String name();

    /** What to do on the phone system so that it writes such records; a step each. */
    List<String> setUp();

    /**
     * Whether a file is plainly not of this format; where a format knows no better, what holds no text.
     *
     * @param head its first bytes, at most 8,192
     * @return what it seems to be and what to send instead; empty when it may be of this format
     */
    default Optional<String> refuses(byte[] head) {
        return FileHead.notText(head).map(what -> "This is " + what);
    }

    /**
     * Whether a file is surely of this format, so that it can be named where a file was sent to the wrong source.
     *
     * @param head its first bytes, at most 8,192
     */
    boolean recognises(byte[] head);

    /** What must be known of the phone system's settings; empty when its records tell all. */
    default List<FormatOption> options() {
        return List.of();
    }

    /** How the collector at the firm's place takes such records off the phone system; empty when they come as files. */
    default List<CollectorSetting> collector() {
        return List.of();
    }

    /**
     * What is wrong with a value given for an option.
     *
     * @param value free text, not empty; a value of given choices is checked before
     * @return for people; empty when nothing is wrong
     */
    default Optional<String> problem(FormatOption option, String value) {
        return Optional.empty();
    }

    /**
     * Reads records, from the start of the file or from where an earlier reader stopped between two records.
     *
     * @param bytes from that place on; the caller closes it
     */
    RecordReader read(InputStream bytes, SourceSettings source, FileStart from);
}
