package org.rebill.mail;

/** The firm chose otherwise for its mail; in the transaction of the change. */
public record MailSettingsChanged(MailChoices choices) {}
