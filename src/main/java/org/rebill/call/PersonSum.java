package org.rebill.call;

import java.util.UUID;

/**
 * The calls of one person.
 *
 * @param personId null for telephones that are nobody's
 * @param calls answered, with the outside
 * @param toCode those of them that need a code
 * @param secondsToCode talk seconds of these
 */
public record PersonSum(UUID personId, long calls, long toCode, long secondsToCode) {}
