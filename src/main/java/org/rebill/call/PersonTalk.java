package org.rebill.call;

import java.time.Instant;
import java.util.UUID;

/**
 * One telephone's talk in a call and whose it was when the call came in. Stored as JSON with these names.
 *
 * @param personId null when the telephone was nobody's
 * @param seconds whole seconds
 */
public record PersonTalk(UUID personId, String extension, Instant answeredAt, int seconds) {}
