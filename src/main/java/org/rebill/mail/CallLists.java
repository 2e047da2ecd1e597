package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.call.CallCodes;
import org.rebill.call.CallGroup;
import org.rebill.call.CallLine;
import org.rebill.call.Calls;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;

/** What a daily mail's link may do: see its own calls, and give each a code once. */
@ApplicationScoped
class CallLists {
    private final EntityManager entities;
    private final Calls calls;
    private final CallCodes codes;
    private final Clock clock;

    @Inject
    CallLists(EntityManager entities, Calls calls, CallCodes codes, Clock clock) {
        this.entities = entities;
        this.calls = calls;
        this.codes = codes;
        this.clock = clock;
    }

    /**
     * A call of the list.
     *
     * @param call as it stands now
     * @param used the code that the link gave it; null before
     */
    record Item(CallLine call, List<CallListItem.Chip> chips, String used) {
        /** Still needs a code, and the link may give it. */
        boolean open() {
            return used == null && call.state().group() == CallGroup.NO_CODE;
        }
    }

    /** The calls of a list in its order; those that are not the caller's any more are left out. */
    @Allow(Role.PROFESSIONAL)
    @Transactional
    List<Item> items(UUID listId) {
        List<CallListItem> items = entities.createQuery(
                        "from CallListItem where listId = :list order by no", CallListItem.class)
                .setParameter("list", listId)
                .getResultList();
        Map<UUID, CallLine> lines = calls
                .byId(items.stream().map(CallListItem::callId).toList())
                .stream()
                .collect(Collectors.toMap(CallLine::id, Function.identity()));
        return items.stream()
                .filter(item -> lines.containsKey(item.callId()))
                .map(item -> new Item(lines.get(item.callId()), item.chips(), item.usedCode()))
                .toList();
    }

    /**
     * Gives a call of the list a code, once.
     *
     * @throws Refusal.NotFound when the call is not on this list
     * @throws Refusal.Conflict when it has a code already
     */
    @Allow(Role.PROFESSIONAL)
    @Transactional
    void give(UUID listId, UUID callId, String code) {
        CallListItem item = callId == null
                ? null
                : entities.find(
                        CallListItem.class, new CallListItem.Key(listId, callId), LockModeType.PESSIMISTIC_WRITE);
        if (item == null) {
            throw new Refusal.NotFound("call on this list");
        }
        if (item.usedCode() != null) {
            throw new Refusal.Conflict(
                    "code",
                    "link.used",
                    "This call got code " + item.usedCode() + " by this link already. Change it in Rebill.");
        }
        List<CallLine> line = calls.byId(List.of(callId));
        if (line.isEmpty()) {
            throw new Refusal.NotFound("call on this list");
        }
        if (line.get(0).state().group() != CallGroup.NO_CODE) {
            throw new Refusal.Conflict("code", "call.coded", "This call has a code meanwhile. Change it in Rebill.");
        }
        if (code == null || code.isBlank()) {
            throw new Refusal.Invalid("code", "code.missing", "Type a code of 1 to 9 digits.");
        }
        codes.give(List.of(callId), code);
        item.used(code.strip(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
