package org.rebill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.code.CodeIndex;
import org.rebill.code.CodeIndex.Standing;
import org.rebill.code.Codes;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;

/** Gives calls their code after they were made (DOMAIN.md B11, D8): by hand goes before what the phone system wrote. */
@ApplicationScoped
public class CallCodes {
    /** Calls that get a code at once. */
    public static final int MOST = 1_000;

    private final EntityManager entities;
    private final CallBook book;
    private final Codes codes;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    CallCodes(EntityManager entities, CallBook book, Codes codes, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.book = book;
        this.codes = codes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Gives calls a code, all of them or none; they are priced anew at once. Owners and clerks for all calls,
     * professionals for their own. Refused: a code that is not 1 to 9 digits, that the firm does not have or did not
     * have when the call was made (422); calls on an issued statement (409).
     *
     * @param calls 1 to {@value #MOST}
     * @param code empty takes back what was given: the phone system's code stands again
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public void give(Collection<UUID> calls, String code) {
        Set<UUID> ids = new HashSet<>(calls);
        String text = code == null ? "" : code.strip();
        check(ids, text);
        Set<String> candidates = near(text);
        candidates.add(text);
        CodeIndex index = codes.index(candidates);
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Caller caller = Caller.current();
        book.change(ids, found -> {
            mayBeChanged(ids, found, caller);
            found.forEach(call -> valid(text, call.startedAt(), index));
            return found.stream().map(call -> give(call, text, at, caller)).toList();
        });
    }

    private CallRow give(CallRow call, String code, Instant at, Caller caller) {
        entities.persist(new CodeEvent(call.id(), at, Ids.next(), code, caller.name()));
        CallRow changed = code.isEmpty()
                ? call.coded(call.pbxCode(), call.pbxCode().isEmpty() ? CodeOrigin.NONE : CodeOrigin.PBX)
                : call.coded(code, CodeOrigin.WEB);
        audit.note(
                "call.coded",
                "call",
                call.id(),
                Map.of("code", call.code(), "origin", call.codeOrigin()),
                Map.of("code", changed.code(), "origin", changed.codeOrigin()));
        return changed;
    }

    private static void check(Set<UUID> ids, String code) {
        if (ids.isEmpty() || ids.size() > MOST) {
            throw new Refusal.Invalid("calls", "calls.count", "Choose 1 to " + MOST + " calls.");
        }
        if (!code.isEmpty() && !Codes.wellFormed(code)) {
            throw new Refusal.Invalid("code", "code.digits", "A code is 1 to 9 digits." + remove(code));
        }
    }

    private static String remove(String code) {
        TreeSet<String> odd = new TreeSet<>();
        code.codePoints()
                .filter(point -> point < '0' || point > '9')
                .forEach(point -> odd.add(Character.toString(point)));
        return odd.isEmpty() ? "" : " Remove " + String.join(" ", odd) + ".";
    }

    private static void mayBeChanged(Set<UUID> ids, List<CallRow> found, Caller caller) {
        boolean all = caller.seesAllCalls();
        if (found.size() != ids.size() || !(all || found.stream().allMatch(call -> call.isOf(caller.personId())))) {
            throw new Refusal.NotFound("call");
        }
        long issued =
                found.stream().filter(call -> call.state() == CallState.BILLED).count();
        if (issued > 0) {
            throw new Refusal.Conflict(
                    "calls",
                    "call.issued",
                    (found.size() == 1 ? "The call is" : issued + " of the calls are")
                            + " on an issued statement, which never changes. Correct the statement instead.");
        }
    }

    private static void valid(String code, Instant at, CodeIndex index) {
        Standing standing = index.find(code, at).standing();
        if (standing == Standing.UNKNOWN) {
            List<String> near = near(code).stream()
                    .filter(other -> {
                        Standing its = index.find(other, at).standing();
                        return its == Standing.OK || its == Standing.HOUSE;
                    })
                    .toList();
            throw new Refusal.Invalid(
                    "code",
                    "code.unknown",
                    "There is no code " + code + "."
                            + (near.isEmpty()
                                    ? " Add it under Codes first."
                                    : " Near it: " + String.join(", ", near) + "."));
        }
        if (standing == Standing.RETIRED) {
            throw new Refusal.Invalid(
                    "code", "code.retired", "Code " + code + " was not valid when the call was made.");
        }
    }

    /** Codes with one digit changed, missing or too many, or with two neighbours swapped; in order. */
    static Set<String> near(String code) {
        TreeSet<String> near = new TreeSet<>();
        for (int i = 0; i < code.length(); i++) {
            String before = code.substring(0, i);
            String after = code.substring(i + 1);
            near.add(before + after);
            for (char digit = '0'; digit <= '9'; digit++) {
                near.add(before + digit + after);
                near.add(before + digit + code.charAt(i) + after);
            }
            if (!after.isEmpty()) {
                near.add(before + after.charAt(0) + code.charAt(i) + after.substring(1));
            }
        }
        if (!code.isEmpty()) {
            for (char digit = '0'; digit <= '9'; digit++) {
                near.add(code + digit);
            }
        }
        near.remove(code);
        near.removeIf(other -> !Codes.wellFormed(other));
        return near;
    }
}
