package org.rebill.agreement;

/**
 * Happened, in the running transaction: terms were offered and the client is to be told by mail.
 *
 * @param client has an e-mail address
 */
public record TermsOffered(Agreement agreement, AgreementVersion version, Client client) {}
