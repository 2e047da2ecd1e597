package org.rebill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.code.CodeIndex;
import org.rebill.code.Codes;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/**
 * Codes to propose for calls, by what earlier calls with the same number had (DOMAIN.md C8): the person's own first,
 * then the firm's. Never applied by itself.
 */
@ApplicationScoped
public class NumberHistory {
    /** How far back earlier calls count. */
    private static final Duration MEMORY = Duration.ofDays(400);

    private final EntityManager entities;
    private final Codes codes;
    private final Clock clock;

    @Inject
    NumberHistory(EntityManager entities, Codes codes, Clock clock) {
        this.entities = entities;
        this.codes = codes;
        this.clock = clock;
    }

    /** Whose earlier calls speak for a code. */
    public enum Whose {
        /** Those of the person who talked. */
        PERSON,
        /** Those of everybody at the firm. */
        FIRM
    }

    /**
     * A code for a call, and why: so many of so many calls with this number had it.
     *
     * @param clientId null for the house
     * @param of calls that had it
     * @param total calls with this number that had any
     */
    public record Proposal(String code, UUID clientId, UUID matterId, long of, long total, Whose whose) {}

    /** Calls of one person with one number under one code. */
    record Used(String party, UUID personId, String code, long calls) {}

    /**
     * Codes for some calls, most likely first; those that are not valid at the call's time are left out. Nothing is
     * proposed for withheld numbers.
     *
     * @param calls that the caller may see
     * @param most for each call
     */
    @Transactional
    public Map<UUID, List<Proposal>> propose(Collection<CallLine> calls, int most) {
        String[] parties = calls.stream()
                .map(CallLine::party)
                .filter(party -> !party.isEmpty())
                .distinct()
                .toArray(String[]::new);
        Map<String, List<Used>> history = parties.length == 0
                ? Map.of()
                : entities.unwrap(Session.class).doReturningWork(connection -> used(connection, parties)).stream()
                        .collect(Collectors.groupingBy(Used::party));
        Set<String> candidates = new HashSet<>();
        history.values().forEach(rows -> rows.forEach(row -> candidates.add(row.code())));
        CodeIndex index = codes.index(candidates);
        Map<UUID, List<Proposal>> proposals = new LinkedHashMap<>();
        for (CallLine call : calls) {
            proposals.put(
                    call.id(),
                    rank(
                            history.getOrDefault(call.party(), List.of()),
                            call.personId(),
                            call.startedAt(),
                            index,
                            most));
        }
        return proposals;
    }

    private List<Used> used(Connection connection, String[] parties) throws SQLException {
        return Sql.on(connection)
                .query(
                        "select c.party, c.person_id, c.code, count(*) as calls from call c where c.firm_id = ? "
                                + "and c.started_at >= ? and c.party = any(?) and c.code <> '' "
                                + "and c.state in ('RATED', 'ON_DRAFT', 'BILLED', 'NOT_AGREED', 'HOUSE') "
                                + "group by c.party, c.person_id, c.code",
                        row -> new Used(
                                row.getString("party"),
                                Sql.uuid(row, "person_id"),
                                row.getString("code"),
                                row.getLong("calls")),
                        Tenant.current(),
                        clock.instant().minus(MEMORY),
                        parties);
    }

    /** Pure: what one call's number speaks for. */
    static List<Proposal> rank(List<Used> history, UUID personId, Instant at, CodeIndex index, int most) {
        Map<String, Long> own = new HashMap<>();
        Map<String, Long> all = new HashMap<>();
        for (Used used : history) {
            all.merge(used.code(), used.calls(), Long::sum);
            if (Objects.equals(used.personId(), personId)) {
                own.merge(used.code(), used.calls(), Long::sum);
            }
        }
        List<Proposal> ranked = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        add(ranked, taken, own, Whose.PERSON, at, index);
        add(ranked, taken, all, Whose.FIRM, at, index);
        return ranked.size() <= most ? ranked : List.copyOf(ranked.subList(0, most));
    }

    private static void add(
            List<Proposal> ranked,
            Set<String> taken,
            Map<String, Long> counts,
            Whose whose,
            Instant at,
            CodeIndex index) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .filter(count -> taken.add(count.getKey()))
                .forEach(count -> {
                    CodeIndex.Meaning meaning = index.find(count.getKey(), at);
                    if (meaning.standing() == CodeIndex.Standing.OK || meaning.standing() == CodeIndex.Standing.HOUSE) {
                        ranked.add(new Proposal(
                                count.getKey(),
                                meaning.clientId(),
                                meaning.matterId(),
                                count.getValue(),
                                total,
                                whose));
                    }
                });
    }
}
