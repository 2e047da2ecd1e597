package org.rebill.code;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/**
 * What a file of codes would do: pure. A line whose code is its owner's already changes label, group and end; one whose
 * code is nobody's gives it out; one whose code is somebody else's is refused, so that a code goes to another client from
 * a later moment only.
 */
final class CodePlan {
    private static final int LABEL = 100;

    /** Whom a code is for. */
    record Owner(boolean house, UUID clientId, UUID matterId) {}

    /** Names of clients and references of matters, as people write them. */
    interface Directory {
        /** Null for none. */
        UUID client(String name);

        /** Null for none. */
        UUID matter(UUID clientId, String reference);

        /** An owner in words, for people. */
        String words(Owner owner);
    }

    /**
     * A code as it shall be.
     *
     * @param id null for one that is given out
     */
    record Planned(UUID id, String code, String label, String group, Owner owner, Instant from, Instant retired) {
        boolean sameAs(AccountCode code) {
            return Objects.equals(label, code.label())
                    && Objects.equals(group, code.group())
                    && Objects.equals(retired, code.retiredAt());
        }
    }

    /** What is wrong with a line. */
    record LineProblem(long line, String field, String code, String text) {}

    private static final class Use {
        private final AccountCode stored;
        private Planned planned;

        Use(AccountCode stored, Planned planned) {
            this.stored = stored;
            this.planned = planned;
        }
    }

    private final Directory directory;
    private final ZoneId zone;
    private final Instant now;
    private final Map<String, List<Use>> uses = new HashMap<>();
    private final List<Planned> created = new ArrayList<>();
    private final List<Planned> changed = new ArrayList<>();
    private final List<LineProblem> problems = new ArrayList<>();
    private int unchanged;

    private CodePlan(Collection<AccountCode> stored, Directory directory, ZoneId zone, Instant now) {
        this.directory = directory;
        this.zone = zone;
        this.now = now;
        for (AccountCode code : stored) {
            Owner owner = new Owner(code.house(), code.clientId(), code.matterId());
            uses.computeIfAbsent(code.code(), digits -> new ArrayList<>(1))
                    .add(new Use(
                            code,
                            new Planned(
                                    code.id(),
                                    code.code(),
                                    code.label(),
                                    code.group(),
                                    owner,
                                    code.validFrom(),
                                    code.retiredAt())));
        }
    }

    /** @param stored all codes of the firm */
    static CodePlan of(
            List<CodeLine> lines, Collection<AccountCode> stored, Directory directory, ZoneId zone, Instant now) {
        CodePlan plan = new CodePlan(stored, directory, zone, now);
        lines.forEach(plan::add);
        return plan;
    }

    List<Planned> created() {
        return List.copyOf(created);
    }

    List<Planned> changed() {
        return List.copyOf(changed);
    }

    List<LineProblem> problems() {
        return List.copyOf(problems);
    }

    int unchanged() {
        return unchanged;
    }

    private void add(CodeLine line) {
        Problems found = new Problems();
        if (line.code().isEmpty()) {
            found.add("code", "code.missing", "Give the code: 1 to 9 digits.");
        } else if (!Codes.wellFormed(line.code())) {
            found.add("code", "code.digits", Codes.malformed(line.code()));
        }
        String label = found.optionalLine("label", line.label(), LABEL);
        String group = found.optionalLine("group", line.group(), LABEL);
        Owner owner = owner(line, found);
        Instant from = moment("from", line.from(), found);
        Instant retired = moment("retired", line.retired(), found);
        if (from != null && retired != null && !retired.isAfter(from)) {
            found.add("retired", "retire.order", "It ends before it begins. Turn the two round.");
        }
        if (found.found().isEmpty()) {
            place(line, new Planned(null, line.code(), label, group, owner, from, retired), found);
        }
        for (Refusal.Problem problem : found.found()) {
            problems.add(new LineProblem(line.line(), problem.field(), problem.code(), problem.text()));
        }
    }

    private Owner owner(CodeLine line, Problems found) {
        if (line.client().isEmpty()) {
            found.add("client", "client.missing", "Name the client, or write House for the firm itself.");
            return null;
        }
        if (line.client().toLowerCase(Locale.ROOT).equals("house")) {
            if (!line.matter().isEmpty()) {
                found.add("matter", "house.matter", "A code of the house has no matter.");
            }
            return new Owner(true, null, null);
        }
        UUID client = directory.client(line.client());
        if (client == null) {
            found.add(
                    "client",
                    "client.unknown",
                    "There is no client named '" + line.client() + "'. Add the client first, or correct the name.");
            return null;
        }
        UUID matter = line.matter().isEmpty() ? null : directory.matter(client, line.matter());
        if (!line.matter().isEmpty() && matter == null) {
            found.add("matter", "matter.unknown", line.client() + " has no '" + line.matter() + "'. Add it first.");
        }
        return new Owner(false, client, matter);
    }

    private Instant moment(String field, String text, Problems found) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            found.add(field, "moment.form", "Write a day such as 2026-11-30, or 2026-11-30T14:05; not '" + text + "'.");
            return null;
        }
    }

    private void place(CodeLine line, Planned wanted, Problems found) {
        List<Use> known = uses.computeIfAbsent(wanted.code(), digits -> new ArrayList<>(1));
        Use own = known.stream()
                .filter(use -> use.planned.owner().equals(wanted.owner()) && isMeant(use.planned, wanted))
                .findFirst()
                .orElse(null);
        Planned result = own == null
                ? new Planned(
                        null,
                        wanted.code(),
                        wanted.label(),
                        wanted.group(),
                        wanted.owner(),
                        wanted.from() == null ? lastEnd(known) : wanted.from(),
                        wanted.retired())
                : new Planned(
                        own.planned.id(),
                        wanted.code(),
                        wanted.label(),
                        wanted.group(),
                        wanted.owner(),
                        own.planned.from(),
                        wanted.retired());
        if (result.from() != null
                && result.retired() != null
                && !result.retired().isAfter(result.from())) {
            found.add("retired", "retire.order", "The code was given out after that. Retire it later.");
            return;
        }
        for (Use other : known) {
            if (other != own && overlap(other.planned, result)) {
                found.add("code", "code.taken", taken(other.planned));
                return;
            }
        }
        if (own == null) {
            known.add(new Use(null, result));
            created.add(result);
        } else if (own.stored == null) {
            found.add("code", "code.twice", "Code " + line.code() + " stands in an earlier line too. Leave one.");
        } else if (result.sameAs(own.stored)) {
            unchanged++;
        } else {
            own.planned = result;
            changed.add(result);
        }
    }

    /** The line is about this use: it can be dialled or will be, or the line tells the very end that it has. */
    private boolean isMeant(Planned use, Planned wanted) {
        boolean over = use.retired() != null && !use.retired().isAfter(now);
        boolean sameEnd = Objects.equals(use.retired(), wanted.retired());
        boolean sameStart = wanted.from() == null || wanted.from().equals(use.from());
        return sameStart && (sameEnd || !over);
    }

    private static Instant lastEnd(List<Use> known) {
        return known.stream()
                .map(use -> use.planned.retired())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static boolean overlap(Planned one, Planned other) {
        boolean before =
                one.retired() != null && other.from() != null && !one.retired().isAfter(other.from());
        boolean after = other.retired() != null
                && one.from() != null
                && !other.retired().isAfter(one.from());
        return !before && !after;
    }

    private String taken(Planned other) {
        String until = other.retired() == null ? "" : " until " + CodeFile.moment(other.retired(), zone);
        return "Code " + other.code() + " is " + directory.words(other.owner()) + "'s" + until + ". "
                + (other.retired() == null
                        ? "Retire it there first, or use another code."
                        : "Let it begin then, or use another code.");
    }
}
