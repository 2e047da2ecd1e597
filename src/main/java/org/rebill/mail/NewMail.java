package org.rebill.mail;

import java.util.Optional;
import java.util.UUID;

/**
 * A mail to be sent.
 *
 * @param kind capital letters and underscores, such as {@code STATEMENT}
 * @param to one address
 * @param toName whose it is, or null
 * @param about what it tells of; empty for nothing that has a key
 * @param attached what comes with it; empty for nothing
 * @param link what its link opens, where {@link Letter#LINK_SECRET} stands in the letter; empty for no link of that kind
 */
public record NewMail(
        String kind,
        String to,
        String toName,
        Letter letter,
        Optional<Thing> about,
        Optional<Thing> attached,
        Optional<Link> link) {

    /** A kind of thing, in small letters, and its key. */
    public record Thing(String kind, UUID id) {}

    /**
     * A link that works without a sign-in.
     *
     * @param kind which page it opens, capital letters
     * @param id of the link
     * @param about key of the one thing that it opens
     * @param days how long it is valid from the sending on
     */
    public record Link(String kind, UUID id, UUID about, int days) {}

    /** Without attachment and link. */
    public static NewMail plain(String kind, String to, String toName, Letter letter, Thing about) {
        return new NewMail(kind, to, toName, letter, Optional.of(about), Optional.empty(), Optional.empty());
    }
}
