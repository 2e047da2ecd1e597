package org.rebill.speeddial;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.code.CodeIndex;
import org.rebill.code.CodeIndex.Standing;
import org.rebill.code.Codes;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Violation;

/** People's speed dials (DOMAIN.md B23), and the files that their telephones take. */
@ApplicationScoped
public class SpeedDials {
    /** Lines that are added at once. */
    static final int MOST = 500;

    private static final int LABEL = 100;

    private final EntityManager entities;
    private final Firms firms;
    private final Codes codes;
    private final SpeedDialSheet sheet;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    SpeedDials(EntityManager entities, Firms firms, Codes codes, SpeedDialSheet sheet, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.firms = firms;
        this.codes = codes;
        this.sheet = sheet;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A speed dial to be added.
     *
     * @param number as people write it; blanks and punctuation are dropped
     */
    public record Draft(String label, String code, String number) {}

    /** Somebody's, by label. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<SpeedDial> of(UUID personId) {
        person(personId);
        return find(personId);
    }

    private List<SpeedDial> find(UUID personId) {
        return entities.createQuery(
                        "from SpeedDial s where s.personId = :person order by lower(s.label), s.code, s.number",
                        SpeedDial.class)
                .setParameter("person", personId)
                .getResultList();
    }

    private Person person(UUID id) {
        Person person = id == null ? null : entities.find(Person.class, id);
        if (person == null) {
            throw new Refusal.NotFound("person");
        }
        return person;
    }

    /** Adds speed dials, all or none. Refused (422) with what is wrong, by line. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void add(UUID personId, List<Draft> drafts) {
        Person person = person(personId);
        if (drafts.isEmpty() || drafts.size() > MOST) {
            throw new Refusal.Invalid("lines", "lines.count", "Write 1 to " + MOST + " lines.");
        }
        Set<String> digits = new HashSet<>();
        drafts.forEach(draft -> digits.add(text(draft.code())));
        CodeIndex known = codes.index(digits);
        Problems problems = new Problems();
        List<SpeedDial> added = new ArrayList<>();
        int line = 0;
        for (Draft draft : drafts) {
            line++;
            added.add(checked(person, draft, known, drafts.size() == 1 ? "" : "Line " + line + ": ", problems));
        }
        problems.refuse();
        added.forEach(entities::persist);
        try {
            entities.flush();
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.UNIQUE::equals).isPresent()) {
                throw new Refusal.Conflict(
                        "lines", "dial.twice", person.name() + " has a speed dial with this code and number already.");
            }
            throw e;
        }
        audit.note(
                "dials.added",
                "person",
                personId,
                null,
                Map.of("dials", added.stream().map(SpeedDials::seen).toList()));
    }

    private SpeedDial checked(Person person, Draft draft, CodeIndex known, String where, Problems problems) {
        Problems found = new Problems();
        String label = found.line("lines", draft.label(), LABEL, "Give it a label.");
        String code = text(draft.code());
        Standing standing = known.find(code, clock.instant()).standing();
        if (standing != Standing.OK && standing != Standing.HOUSE) {
            found.add("lines", "code.unknown", "There is no code '" + code + "' that can be dialled now.");
        }
        String number = text(draft.number()).replaceAll("[ ().\\-/]", "");
        if (!number.matches("[+]?[0-9]{2,20}")) {
            found.add("lines", "number.form", "'" + text(draft.number()) + "' is no number of 2 to 20 digits.");
        }
        found.found().forEach(one -> problems.add(one.field(), one.code(), where + one.text()));
        return new SpeedDial(Ids.next(), person.id(), label, code, number);
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    /** Takes one away. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void remove(UUID id) {
        SpeedDial one = id == null ? null : entities.find(SpeedDial.class, id);
        if (one == null) {
            throw new Refusal.NotFound("speed dial");
        }
        entities.remove(one);
        audit.note("dial.removed", "person", one.personId(), seen(one), null);
    }

    private static Map<String, Object> seen(SpeedDial one) {
        return Map.of("label", one.label(), "code", one.code(), "number", one.number());
    }

    /**
     * A file for somebody's telephone. Refused (422) when something to dial is longer than it takes.
     *
     * @param form how codes are dialled, see {@link DialForm}; empty for the usual
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public String file(UUID personId, PhoneMake make, String form) {
        Person person = person(personId);
        DialForm dialled = DialForm.of(form);
        Problems problems = new Problems();
        List<PhoneMake.Entry> entries = new ArrayList<>();
        for (SpeedDial one : find(personId)) {
            PhoneMake.Entry entry = make.entry(one, dialled);
            if (entry.dialled().length() > make.longestNumber()) {
                problems.add(
                        "make",
                        "dial.long",
                        one.label() + " dials " + entry.dialled().length() + " characters; this telephone takes "
                                + make.longestNumber() + ".");
            }
            entries.add(entry);
        }
        problems.refuse();
        return make.write(person.name(), entries);
    }

    /** The printable sheet, a PDF on the firm's paper. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public byte[] sheet(UUID personId, String form) {
        Person person = person(personId);
        FirmProfile firm = firms.current().profile();
        return sheet.pdf(firm, person, find(personId), DialForm.of(form));
    }
}
