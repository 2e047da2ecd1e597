package org.rebill.mail;

import java.util.UUID;

/** Gives what comes with a mail, when it goes out: it is kept by its own feature, not twice. */
public interface MailAttachment {
    /** Kind of thing that this one opens, such as {@code statement}. */
    String kind();

    /**
     * One of them.
     *
     * @throws org.rebill.platform.Refusal when it is not there
     */
    Opened open(UUID id);

    /**
     * A file in a mail.
     *
     * @param name file name
     * @param type media type, such as {@code application/pdf}
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Opened(String name, String type, byte[] bytes) {}
}
