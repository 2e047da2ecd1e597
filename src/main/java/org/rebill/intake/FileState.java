package org.rebill.intake;

/** How far an intake file has come. */
public enum FileState {
    /** Its bytes are kept; reading has not begun. */
    STORED,
    /** Being read. */
    READING,
    /** Every record is accounted for. */
    DONE,
    /** Could not be read; the bytes are kept and the reason is told. */
    FAILED,
    /** An archive: kept as it came; the files in it are files of their own. */
    UNPACKED
}
