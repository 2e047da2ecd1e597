package org.rebill.intake.format;

import java.io.IOException;
import java.util.Optional;

/** Gives the records of a file one by one, in constant memory; never fails on what it reads. */
public interface RecordReader {
    /** The next record, or empty after the last. The records' bytes cover the file without gap or overlap. */
    Optional<ReadRecord> next() throws IOException;
}
