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
     * Whether a file is plainly not of this format.
     *
     * @param head its first bytes, at most 8,192
     * @return what it seems to be and what to send instead; empty when it may be of this format
     */
    Optional<String> refuses(byte[] head);

    /**
     * Reads records, from the start of the file or from where an earlier reader stopped between two records.
     *
     * @param bytes from that place on; the caller closes it
     * @param byteOffset of that place in the file
     * @param lineNo of the line that begins there, from 1
     */
    RecordReader read(InputStream bytes, SourceSettings source, long byteOffset, long lineNo);
}
