package org.rebill.code;

import java.util.Set;

/** Happened, in the running transaction: what these codes stand for is no longer what it was. */
public record CodesChanged(Set<String> codes) {
    public CodesChanged {
        codes = Set.copyOf(codes);
    }
}
