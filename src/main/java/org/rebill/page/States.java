package org.rebill.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/**
 * The look of a state's badge: warn is what a person can mend now, bad is money or records that stand still, a ring
 * ("o") has not begun or is not final (DESIGN-SYSTEM, State colours). The words are in the bundle, under the same keys.
 */
@Named("states")
@ApplicationScoped
public class States {
    private static final Map<String, String> LOOKS = Map.ofEntries(
            Map.entry("call.NO_ANSWER", "o"),
            Map.entry("call.INTERNAL", "o"),
            Map.entry("call.NO_CODE", "warn"),
            Map.entry("call.UNKNOWN_CODE", "warn"),
            Map.entry("call.UNMAPPED_CODE", "warn o"),
            Map.entry("call.MALFORMED_CODE", "warn"),
            Map.entry("call.RETIRED_CODE", "warn"),
            Map.entry("call.NOT_AGREED", "bad"),
            Map.entry("call.HOUSE", "sq"),
            Map.entry("call.RATED", "info"),
            Map.entry("call.ON_DRAFT", "acc"),
            Map.entry("call.BILLED", "ok"),
            Map.entry("statement.DRAFT", "acc o"),
            Map.entry("statement.ISSUED", "ok"),
            Map.entry("statement.VIEWED", "info"),
            Map.entry("statement.OVERDUE", "bad"),
            Map.entry("statement.IN_REVIEW", "acc"),
            Map.entry("statement.APPROVED", "info"),
            Map.entry("statement.SENT", "ok"),
            Map.entry("statement.PARTLY_PAID", "info o"),
            Map.entry("statement.PAID", "ok"),
            Map.entry("statement.DISPUTED", "warn"),
            Map.entry("statement.CREDITED", "sq"),
            Map.entry("statement.CREDIT_NOTE", "sq"),
            Map.entry("question.OPEN", "warn"),
            Map.entry("question.ANSWERED", "info"),
            Map.entry("question.CREDITED", "ok"),
            Map.entry("question.SETTLED", "ok"),
            Map.entry("question.WITHDRAWN", "sq"),
            Map.entry("question.CLOSED", "sq"),
            Map.entry("agreement.OFFERED", "warn o"),
            Map.entry("agreement.ACCEPTED", "info"),
            Map.entry("agreement.IN_FORCE", "ok"),
            Map.entry("agreement.SUPERSEDED", ""),
            Map.entry("agreement.ENDED", ""),
            Map.entry("agreement.WITHDRAWN", "sq"),
            Map.entry("code.ACTIVE", "ok"),
            Map.entry("code.HOUSE", "sq"),
            Map.entry("code.RETIRED", ""),
            Map.entry("file.STORED", "o"),
            Map.entry("file.READING", "acc o"),
            Map.entry("file.DONE", "ok"),
            Map.entry("file.UNPACKED", ""),
            Map.entry("file.FAILED", "bad"),
            Map.entry("key.VALID", "ok"),
            Map.entry("key.REVOKED", ""),
            Map.entry("mail.WAITING", "o"),
            Map.entry("mail.SENT", "ok"),
            Map.entry("mail.FAILED", "bad"),
            Map.entry("mail.BOUNCED", "warn"),
            Map.entry("reread.PREVIEWING", "acc o"),
            Map.entry("reread.PREVIEWED", "info"),
            Map.entry("reread.APPLYING", "acc o"),
            Map.entry("reread.APPLIED", "ok"),
            Map.entry("reread.FAILED", "bad"),
            Map.entry("reread.DROPPED", ""),
            Map.entry("change.ADDED", "ok"),
            Map.entry("change.CHANGED", "info"),
            Map.entry("change.GONE", "bad"),
            Map.entry("change.CORRECTION", "warn"),
            Map.entry("health.OK", "ok"),
            Map.entry("health.QUIET", "warn"),
            Map.entry("health.SILENT", "bad"),
            Map.entry("health.NEVER", "o"),
            Map.entry("feed.WELL", "ok"),
            Map.entry("feed.CHECK", "warn"),
            Map.entry("feed.SILENT", "bad"),
            Map.entry("feed.WAITING", "o"),
            Map.entry("rerating.COMPUTING", "acc o"),
            Map.entry("rerating.READY", "warn"),
            Map.entry("rerating.APPLYING", "acc o"),
            Map.entry("rerating.APPLIED", "ok"));

    /**
     * Classes of the badge.
     *
     * @param kind {@code call}, {@code statement}, {@code agreement}, {@code code}, {@code file}, {@code key},
     *     {@code mail}, {@code feed}, {@code health}, {@code reread}, {@code change} or {@code rerating}
     */
    public String look(String kind, Object state) {
        return LOOKS.getOrDefault(kind + "." + state, "");
    }
}
