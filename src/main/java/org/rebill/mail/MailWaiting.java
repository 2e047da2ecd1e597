package org.rebill.mail;

import java.time.Instant;
import java.util.UUID;

/**
 * A mail is to be sent.
 *
 * @param at not before then
 */
public record MailWaiting(UUID id, Instant at) {}
