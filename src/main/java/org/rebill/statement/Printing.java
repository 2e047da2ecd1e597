package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.ledger.Charge;
import org.rebill.ledger.Ledger;
import org.rebill.platform.Refusal;

/** Puts a draft on paper under a number. */
@ApplicationScoped
class Printing {
    private final EntityManager entities;
    private final Statements statements;
    private final Documents documents;
    private final StatementPaper paper;
    private final Ledger ledger;
    private final Series series;
    private final Firms firms;
    private final Clock clock;

    @Inject
    Printing(
            EntityManager entities,
            Statements statements,
            Documents documents,
            StatementPaper paper,
            Ledger ledger,
            Series series,
            Firms firms,
            Clock clock) {
        this.entities = entities;
        this.statements = statements;
        this.documents = documents;
        this.paper = paper;
        this.ledger = ledger;
        this.series = series;
        this.firms = firms;
        this.clock = clock;
    }

    /** A document as it goes out, and its paper. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Printed(StatementDocument document, byte[] pdf) {}

    /**
     * Prints a draft before anything is locked, as it would be if it were issued now: nearly always it then is. Forgets
     * the draft and its charges again, so that they are read anew under the lock.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    Printed ahead(UUID id) {
        Statement draft = statements.draft(id);
        List<Charge> charges = ledger.on(id);
        StatementDocument document = compose(draft, charges);
        charges.forEach(entities::detach);
        entities.detach(draft);
        LocalDate today = today();
        return print(numbered(document, today, series.next(Series.STATEMENTS, today.getYear())));
    }

    /**
     * The document of a draft that can be issued.
     *
     * @throws Refusal.Conflict when there is nothing on it
     */
    @Transactional(Transactional.TxType.MANDATORY)
    StatementDocument compose(Statement draft, List<Charge> charges) {
        if (charges.isEmpty()) {
            throw new Refusal.Conflict(
                    "",
                    "statement.empty",
                    "There are no calls on this draft, so there is nothing to issue. Discard it, or run the period "
                            + "again when its calls have their prices.");
        }
        return documents.compose(draft, charges);
    }

    /** The document as it goes out. */
    @Transactional(Transactional.TxType.MANDATORY)
    StatementDocument numbered(StatementDocument document, LocalDate day, int count) {
        FirmProfile firm = firms.current().profile();
        return document.numbered(
                StatementNumber.of(firm.statementPrefix(), day.getYear(), count),
                day,
                day.plusDays(firm.paymentDays()));
    }

    /** A credit note as it goes out; it is due on its day. */
    @Transactional(Transactional.TxType.MANDATORY)
    StatementDocument numberedCredit(StatementDocument document, BillingRules rules, LocalDate day, int count) {
        String prefix = firms.current().profile().statementPrefix().strip();
        String own = prefix.isEmpty() ? rules.creditPrefix() : prefix + "-" + rules.creditPrefix();
        return document.numbered(
                StatementNumber.of(rules.creditShared() ? prefix : own, day.getYear(), count), day, day);
    }

    Printed print(StatementDocument document) {
        return new Printed(document, paper.pdf(document));
    }

    /** Today, at the firm. */
    @Transactional(Transactional.TxType.MANDATORY)
    LocalDate today() {
        return LocalDate.now(clock.withZone(firms.current().profile().zoneId()));
    }

    /** The numbers that so many statements would get if they were issued now, first and last. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<String> numbers(int howMany) {
        String prefix = firms.current().profile().statementPrefix();
        int year = today().getYear();
        int first = series.next(Series.STATEMENTS, year);
        return List.of(StatementNumber.of(prefix, year, first), StatementNumber.of(prefix, year, first + howMany - 1));
    }
}
