package org.rebill.call;

import java.time.Instant;

/**
 * One telephone of the firm in one call: how long it talked with the other side (DOMAIN.md D10: each for the own leg,
 * nothing twice).
 *
 * @param extension number of the firm's telephone, as the phone system writes it
 * @param seconds whole seconds
 */
public record Talk(String extension, Instant answeredAt, int seconds) {}
