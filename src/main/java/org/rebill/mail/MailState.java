package org.rebill.mail;

/** Where a mail stands. */
public enum MailState {
    /** Not sent yet; tried until its time is over. */
    WAITING,
    /** The mail server took it. */
    SENT,
    /** Refused for good, or its time was over. */
    FAILED,
    /** Taken, but came back. */
    BOUNCED
}
