package org.rebill.verifier;

/** A file of the evidence that is missing or can't be read; the text says which and why. */
final class BrokenFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenFile(String text) {
        super(text);
    }
}
