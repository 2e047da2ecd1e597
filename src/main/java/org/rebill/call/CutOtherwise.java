package org.rebill.call;

/** A record of an issued call is not one record any more as its file is read now. */
public final class CutOtherwise extends RuntimeException {
    private static final long serialVersionUID = 1;

    CutOtherwise(long lineNo) {
        super("Line " + lineNo + " is part of a call on an issued statement, and would be cut into other records now. "
                + "Void that statement first, or take the source's settings back.");
    }
}
