package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.statement.BankFile.Booking;

/**
 * Payments by a bank's file: shown first, then entered. A booking is matched by the statement numbers in its text, or
 * by an amount that only one statement has open; the same booking again changes nothing.
 */
@ApplicationScoped
public class BankImports {
    private static final int SHORTEST_NUMBER = 4;

    private final Payments payments;
    private final Receivables receivables;
    private final Firms firms;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    BankImports(Payments payments, Receivables receivables, Firms firms, AuditLog audit, Clock clock) {
        this.payments = payments;
        this.receivables = receivables;
        this.firms = firms;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a booking is for. */
    public enum Match {
        /** Its text names statements, and their open amounts fit. */
        NUMBER,
        /** One statement alone has this amount open. */
        AMOUNT,
        /** It was entered before. */
        KNOWN,
        /** No open statement fits. */
        NONE,
        /** Money that went out. */
        OUT,
        /** It can't be read. */
        UNREADABLE
    }

    /**
     * A line of the file and what becomes of it.
     *
     * @param parts what would be entered; empty when nothing
     * @param numbers of those statements, and the client, for people
     * @param problem why nothing is entered, or what to look at; null for none
     */
    public record Line(
            long no,
            LocalDate day,
            BigDecimal amount,
            String currency,
            String text,
            Match match,
            List<Payments.Part> parts,
            String numbers,
            String problem) {
        /** It can be entered. */
        public boolean enterable() {
            return !parts.isEmpty();
        }
    }

    /** Shows what would be entered, and enters nothing. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Line> preview(byte[] file) {
        return new Matching().lines(file);
    }

    /**
     * What was entered.
     *
     * @param entered how many bookings
     * @param lines all lines as they were found
     */
    public record Imported(int entered, List<Line> lines) {
        public Imported {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Enters the payments, all or none. Lines that were entered before, or that fit no statement, are left out and told.
     *
     * @param chosen numbers of the lines to enter; null for all that name their statement by its number
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Imported enter(byte[] file, Set<Long> chosen) {
        audit.lock();
        Matching matching = new Matching();
        List<Line> lines = matching.lines(file);
        Map<Long, Booking> bookings = matching.bookings;
        int entered = 0;
        for (Line line : lines) {
            boolean wanted = chosen == null ? line.match() == Match.NUMBER : chosen.contains(line.no());
            if (wanted && line.enterable()) {
                payments.enter(
                        new Payments.Draft(
                                line.day(),
                                Payment.Method.TRANSFER,
                                line.text().substring(0, Math.min(line.text().length(), 300)),
                                line.parts(),
                                true),
                        bookings.get(line.no()).key());
                entered++;
            }
        }
        return new Imported(entered, lines);
    }

    /** One file against what is open now; each match takes what is open for the lines after it. */
    private final class Matching {
        private final List<Receivables.Open> open = receivables.open();
        private final Map<UUID, BigDecimal> left = new HashMap<>();
        private final Map<Long, Booking> bookings = new HashMap<>();
        private final LocalDate today =
                LocalDate.now(clock.withZone(firms.current().profile().zoneId()));

        Matching() {
            open.forEach(one -> left.put(one.statement().id(), one.life().open()));
        }

        List<Line> lines(byte[] file) {
            List<Line> lines = new ArrayList<>();
            for (Booking booking :
                    new BankFile(Locale.forLanguageTag(firms.current().profile().locale())).read(file)) {
                bookings.put(booking.no(), booking);
                lines.add(line(booking));
            }
            return lines;
        }

        private Line line(Booking booking) {
            if (booking.problem() != null) {
                return unmatched(booking, Match.UNREADABLE, booking.problem());
            }
            if (booking.amount().signum() <= 0) {
                return unmatched(booking, Match.OUT, null);
            }
            if (payments.known(booking.key())) {
                return unmatched(booking, Match.KNOWN, "Entered before.");
            }
            List<Receivables.Open> named = named(booking);
            if (named.isEmpty()) {
                return byAmount(booking);
            }
            return byNumber(booking, named);
        }

        private Line unmatched(Booking booking, Match match, String problem) {
            return new Line(
                    booking.no(),
                    booking.day(),
                    booking.amount(),
                    booking.currency(),
                    booking.text(),
                    match,
                    List.of(),
                    "",
                    problem);
        }

        private List<Receivables.Open> named(Booking booking) {
            String text = plain(booking.text());
            return open.stream()
                    .filter(one -> sameCurrency(booking, one))
                    .filter(one -> names(text, plain(one.statement().number())))
                    .toList();
        }

        /** A number inside a longer one is not it: 2026-0001 is not in 2026-00012. */
        private static boolean names(String text, String number) {
            if (number.length() < SHORTEST_NUMBER) {
                return false;
            }
            for (int at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
                int end = at + number.length();
                boolean alone = end == text.length() || !Character.isDigit(text.charAt(end));
                if (alone) {
                    return true;
                }
            }
            return false;
        }

        private static String plain(String text) {
            return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        }

        private boolean sameCurrency(Booking booking, Receivables.Open one) {
            return booking.currency() == null
                    || booking.currency().equals(one.life().currency());
        }

        private Line byNumber(Booking booking, List<Receivables.Open> named) {
            Set<UUID> clients = new HashSet<>();
            Set<String> currencies = new HashSet<>();
            named.forEach(one -> {
                clients.add(one.life().clientId());
                currencies.add(one.life().currency());
            });
            if (clients.size() > 1 || currencies.size() > 1) {
                return unmatched(booking, Match.NONE, "It names statements of several clients: enter it by hand.");
            }
            List<Payments.Part> parts = new ArrayList<>();
            BigDecimal rest = booking.amount();
            // The oldest first; what is more than is open goes to the last one.
            for (int i = 0; i < named.size() && rest.signum() > 0; i++) {
                UUID id = named.get(i).statement().id();
                BigDecimal part =
                        i == named.size() - 1 ? rest : rest.min(left.get(id).max(BigDecimal.ZERO));
                if (part.signum() > 0) {
                    parts.add(new Payments.Part(id, part));
                    rest = rest.subtract(part);
                }
            }
            BigDecimal before =
                    parts.stream().map(part -> left.get(part.statementId())).reduce(BigDecimal.ZERO, BigDecimal::add);
            parts.forEach(part -> left.merge(part.statementId(), part.amount().negate(), BigDecimal::add));
            String problem = booking.amount().compareTo(before) > 0 ? "More than is open: it is overpaid." : null;
            return matched(booking, Match.NUMBER, parts, problem);
        }

        private Line byAmount(Booking booking) {
            List<Receivables.Open> fitting = open.stream()
                    .filter(one -> sameCurrency(booking, one))
                    .filter(one -> left.get(one.statement().id()).compareTo(booking.amount()) == 0)
                    .toList();
            if (fitting.size() != 1) {
                return unmatched(
                        booking,
                        Match.NONE,
                        fitting.isEmpty()
                                ? "It names no open statement, and none has this amount open."
                                : "It names no open statement, and " + fitting.size() + " have this amount open.");
            }
            UUID id = fitting.get(0).statement().id();
            left.put(id, BigDecimal.ZERO);
            return matched(
                    booking,
                    Match.AMOUNT,
                    List.of(new Payments.Part(id, booking.amount())),
                    "Matched by its amount alone: look at the name.");
        }

        private Line matched(Booking booking, Match match, List<Payments.Part> parts, String problem) {
            if (booking.day().isAfter(today)) {
                return unmatched(booking, Match.UNREADABLE, "Its day is in the future.");
            }
            List<String> numbers = new ArrayList<>();
            String client = "";
            for (Payments.Part part : parts) {
                Receivables.Open one = open.stream()
                        .filter(each -> each.statement().id().equals(part.statementId()))
                        .findFirst()
                        .orElseThrow();
                numbers.add(one.statement().number());
                client = one.client();
            }
            return new Line(
                    booking.no(),
                    booking.day(),
                    booking.amount(),
                    booking.currency(),
                    booking.text(),
                    match,
                    List.copyOf(parts),
                    String.join(", ", numbers) + " · " + client,
                    problem);
        }
    }

    /** The bytes of a file that was sent; refused when there is nothing in it. */
    static byte[] given(byte[] file) {
        if (file == null || file.length == 0) {
            throw new Refusal.Invalid("file", "bank.empty", "Choose the bank's file of bookings (CSV).");
        }
        return file;
    }
}
