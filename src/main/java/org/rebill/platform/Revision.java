package org.rebill.platform;

import jakarta.ws.rs.core.EntityTag;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row's version as the ETag of its document: changes must name the one they were made to. */
public final class Revision {
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,9})\"");

    private Revision() {}

    /** The ETag of a document. */
    public static EntityTag tag(int version) {
        return new EntityTag(Integer.toString(version));
    }

    /**
     * The version that a change is made to.
     *
     * @param ifMatch the header; null when it was not sent
     * @throws Refusal.Unguarded when it was not sent
     * @throws Refusal.Stale when it is no ETag of ours, and so can't be the present one
     */
    public static int required(String ifMatch, String what) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new Refusal.Unguarded();
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new Refusal.Stale(what);
        }
        return Integer.parseInt(tag.group(1));
    }
}
