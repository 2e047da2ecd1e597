package org.rebill.identity;

import java.util.UUID;

/**
 * A machine that proved who it is by a source's key: it may push records to that source and nothing else.
 *
 * @param firm whose source it is
 * @param name of key and source, for people and for the audit log
 */
public record Machine(UUID firm, UUID sourceId, String name) {}
