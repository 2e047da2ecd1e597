package org.rebill.call;

import org.rebill.ledger.Billing;
import org.rebill.ledger.ChargeState;
import org.rebill.ledger.Reason;
import org.rebill.ledger.Settlement;

/** Where a call stands, as its badge says (DESIGN-SYSTEM.md, State colours). */
public enum CallState {
    NO_ANSWER,
    INTERNAL,
    /** Needs a code, or could have one. */
    NO_CODE,
    UNKNOWN_CODE,
    /** A code that the firm does not have, where none is checked: waits to be given to a client. */
    UNMAPPED_CODE,
    MALFORMED_CODE,
    RETIRED_CODE,
    /** Held: no agreement was accepted and in force when it was answered. */
    NOT_AGREED,
    /** Never billed: coded to the firm itself, or to an emergency number. */
    HOUSE,
    RATED,
    ON_DRAFT,
    BILLED;

    /** The group that lists show it in. */
    public CallGroup group() {
        return switch (this) {
            case RATED, ON_DRAFT, BILLED -> CallGroup.RATED;
            case NO_CODE, UNKNOWN_CODE, UNMAPPED_CODE, MALFORMED_CODE, RETIRED_CODE -> CallGroup.NO_CODE;
            case NOT_AGREED -> CallGroup.HELD;
            case HOUSE -> CallGroup.HOUSE;
            case NO_ANSWER -> CallGroup.NO_ANSWER;
            case INTERNAL -> CallGroup.INTERNAL;
        };
    }

    /** Where a call stands by what the ledger says of its charges. */
    static CallState of(Settlement settlement) {
        if (settlement.standing() == Billing.Standing.ON_DRAFT && settlement.state() == ChargeState.RATED) {
            return ON_DRAFT;
        }
        return switch (settlement.state()) {
            case RATED -> RATED;
            case HOUSE -> HOUSE;
            case HELD, UNBILLED ->
                switch (Reason.valueOf(settlement.reason())) {
                    case MISSING -> NO_CODE;
                    case UNKNOWN -> UNKNOWN_CODE;
                    case UNMAPPED -> UNMAPPED_CODE;
                    case MALFORMED -> MALFORMED_CODE;
                    case RETIRED -> RETIRED_CODE;
                    case NOT_AGREED -> NOT_AGREED;
                    case INSIDE -> INTERNAL;
                    case NOT_ANSWERED -> NO_ANSWER;
                };
        };
    }
}
