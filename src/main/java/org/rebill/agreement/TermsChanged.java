package org.rebill.agreement;

import java.util.UUID;

/** Happened, in the running transaction: what is agreed with this client is no longer what it was. */
public record TermsChanged(UUID clientId) {}
