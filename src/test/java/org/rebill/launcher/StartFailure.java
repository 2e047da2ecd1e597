package org.rebill.launcher;

/** A start that can't go on, said so that whoever typed the command can mend it. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String text) {
        super(text);
    }

    StartFailure(String text, Throwable cause) {
        super(text, cause);
    }
}
