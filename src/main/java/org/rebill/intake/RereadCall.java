package org.rebill.intake;

import org.rebill.call.CallChange;

/**
 * A call in the list of a re-reading.
 *
 * @param no its place in the list, from 1
 */
public record RereadCall(long no, CallChange change) {}
