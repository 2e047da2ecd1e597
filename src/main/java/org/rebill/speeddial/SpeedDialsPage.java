package org.rebill.speeddial;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** The speed dials of one person ({@code ?person=}; the first when left out), dialled as {@code form} says. */
@Named
@RequestScoped
public class SpeedDialsPage {
    private final SpeedDials dials;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private List<Person> people;
    private List<SpeedDial> rows;
    private String lines;

    @Inject
    SpeedDialsPage(SpeedDials dials, Firms firms, Address address, Act act, Texts texts) {
        this.dials = dials;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
    }

    /** The firm's people, by name. */
    public List<Person> people() {
        if (people == null) {
            people = firms.people();
        }
        return people;
    }

    /** Whose speed dials are shown; null when the firm has nobody yet. */
    public Person person() {
        UUID wanted = address.id("person").orElse(null);
        Person first = people().isEmpty() ? null : people().get(0);
        return people().stream()
                .filter(one -> one.id().equals(wanted))
                .findFirst()
                .orElse(first);
    }

    /** The person's, by label. */
    public List<SpeedDial> rows() {
        if (rows == null) {
            rows = person() == null ? List.of() : dials.of(person().id());
        }
        return rows;
    }

    /** How codes are dialled. */
    public String form() {
        return form(address.text("form")).text();
    }

    /** Why the form that was typed is none, or empty. */
    public String formProblem() {
        try {
            return DialForm.of(address.text("form")).text().isEmpty() ? form() : "";
        } catch (Refusal.Invalid e) {
            return e.getMessage();
        }
    }

    private static DialForm form(String typed) {
        try {
            return DialForm.of(typed);
        } catch (Refusal.Invalid e) {
            return DialForm.USUAL;
        }
    }

    /** What is dialled for one. */
    public String dial(SpeedDial row) {
        return form(address.text("form")).dial(row.code(), row.number());
    }

    /** Telephones that files are made for. */
    public List<PhoneMake> makes() {
        return Arrays.asList(PhoneMake.values());
    }

    /** Adds the lines that were typed. */
    public void add() {
        act.perform(() -> {
            List<SpeedDials.Draft> drafts = (lines == null ? "" : lines)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(SpeedDialsPage::draft)
                    .toList();
            dials.add(person().id(), drafts);
            return Act.Done.here(texts.of("speeddial.added", drafts.size()));
        });
    }

    /** A line: label, code, number; labels may have commas. */
    private static SpeedDials.Draft draft(String line) {
        int number = line.lastIndexOf(',');
        int code = number < 0 ? -1 : line.lastIndexOf(',', number - 1);
        return code < 0
                ? new SpeedDials.Draft(line, "", "")
                : new SpeedDials.Draft(
                        line.substring(0, code), line.substring(code + 1, number), line.substring(number + 1));
    }

    /** Takes one away. */
    public void remove(UUID id) {
        act.perform(() -> {
            dials.remove(id);
            return Act.Done.here(texts.get("speeddial.removed"));
        });
    }

    public String getLines() {
        return lines;
    }

    public void setLines(String lines) {
        this.lines = lines;
    }
}
