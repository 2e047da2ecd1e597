package org.rebill.mail;

import java.time.Instant;
import java.util.UUID;

/**
 * News, in the transaction itself: a mail was sent, failed for good, or came back.
 *
 * @param kind of mail
 * @param to the address
 * @param aboutKind kind of the thing it tells of, such as {@code statement}; null for none
 * @param aboutId that thing's key
 */
public record MailMoved(UUID id, String kind, String to, String aboutKind, UUID aboutId, MailState state, Instant at) {}
