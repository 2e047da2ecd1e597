package org.rebill.page;

/**
 * A number beside an entry of the navigation. A feature that has one makes a bean of this; it must be cheap, for it
 * is asked on every page.
 */
public interface NavCount {
    /** The entry's name, such as {@code calls}. */
    String entry();

    /** How many; 0 shows nothing. Asked only for callers who see the entry. */
    long count();

    /** Somebody must act on them. */
    boolean urgent();
}
