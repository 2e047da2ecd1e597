package org.rebill.intake.format;

import java.util.UUID;

/** Keys of calls, made of the phone system's own. */
public final class CallIds {
    private CallIds() {}

    /**
     * The key of a call, for formats whose records carry one id that all legs of a call share, such as Asterisk's
     * linkedid and FreeSWITCH's call uuid.
     */
    public static UUID of(UUID sourceId, String group) {
        return new Fingerprint(sourceId).begin('g').add(group).id();
    }
}
