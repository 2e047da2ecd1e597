package org.rebill.code;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Codes by their digits. What one code stood for at different times does not overlap: the database sees to it. */
final class KnownCodes implements CodeIndex {
    private static final Meaning NONE = new Meaning(Standing.NONE, null, null);
    private static final Meaning MALFORMED = new Meaning(Standing.MALFORMED, null, null);
    private static final Meaning UNKNOWN = new Meaning(Standing.UNKNOWN, null, null);
    private static final Meaning RETIRED = new Meaning(Standing.RETIRED, null, null);
    private static final Meaning HOUSE = new Meaning(Standing.HOUSE, null, null);

    private record Use(AccountCode code, Meaning meaning) {}

    private final Map<String, List<Use>> uses = new HashMap<>();

    KnownCodes(Collection<AccountCode> codes) {
        for (AccountCode code : codes) {
            Meaning meaning = code.house() ? HOUSE : new Meaning(Standing.OK, code.clientId(), code.matterId());
            uses.computeIfAbsent(code.code(), digits -> new ArrayList<>(1)).add(new Use(code, meaning));
        }
    }

    @Override
    public Meaning find(String code, Instant at) {
        if (code.isEmpty()) {
            return NONE;
        }
        if (!Codes.wellFormed(code)) {
            return MALFORMED;
        }
        List<Use> known = uses.get(code);
        if (known == null) {
            return UNKNOWN;
        }
        for (Use use : known) {
            if (use.code().valid(at)) {
                return use.meaning();
            }
        }
        return RETIRED;
    }
}
