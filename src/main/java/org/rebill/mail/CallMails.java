package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.call.CallFilter;
import org.rebill.call.CallGroup;
import org.rebill.call.CallLine;
import org.rebill.call.CallOrder;
import org.rebill.call.Calls;
import org.rebill.call.Direction;
import org.rebill.call.NumberHistory;
import org.rebill.firm.FirmProfile;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Membership;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.PhoneNumbers;

/**
 * The daily mail to each person of the own calls without a code, with codes to tap (DOMAIN.md C9): a link that works
 * without a sign-in for three days, for that list only.
 */
@ApplicationScoped
public class CallMails {
    static final String KIND = "CALLS";
    static final String PAGE = "/link/calls.xhtml";

    private static final int LINK_DAYS = 3;
    /** Calls in one mail, newest first; the others wait in Rebill. */
    private static final int MOST = 20;

    private static final int CHIPS = 3;

    private final EntityManager entities;
    private final Calls calls;
    private final NumberHistory history;
    private final Clients clients;
    private final Outbox outbox;
    private final Letters letters;
    private final Mailing mailing;
    private final MailWishes wishes;
    private final Clock clock;

    @Inject
    CallMails(
            EntityManager entities,
            Calls calls,
            NumberHistory history,
            Clients clients,
            Outbox outbox,
            Letters letters,
            Mailing mailing,
            MailWishes wishes,
            Clock clock) {
        this.entities = entities;
        this.calls = calls;
        this.history = history;
        this.clients = clients;
        this.outbox = outbox;
        this.letters = letters;
        this.mailing = mailing;
        this.wishes = wishes;
        this.clock = clock;
    }

    /** When the next round is due; empty when the firm sends none. */
    @Transactional
    Optional<Instant> next() {
        return next(mailing.choices(), letters.firm().zoneId(), clock.instant());
    }

    /** Pure: the first chosen day and time after now; a time that the clock skips is moved on by the gap. */
    static Optional<Instant> next(MailChoices choices, ZoneId zone, Instant now) {
        if (!choices.callsOn()) {
            return Optional.empty();
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalTime time = LocalTime.ofSecondOfDay(choices.callsMinute() * 60L);
        for (int ahead = 0; ahead <= 7; ahead++) {
            LocalDate day = today.plusDays(ahead);
            Instant at = ZonedDateTime.of(day, time, zone).toInstant();
            if (chosen(choices, day.getDayOfWeek()) && at.isAfter(now)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static boolean chosen(MailChoices choices, DayOfWeek day) {
        return (choices.callsWeekdays() >> (day.getValue() - 1) & 1) == 1;
    }

    /** Whether mails go out today: asked when a round runs, which may be late. */
    @Transactional
    boolean today() {
        MailChoices choices = mailing.choices();
        return choices.callsOn()
                && chosen(
                        choices, clock.instant().atZone(letters.firm().zoneId()).getDayOfWeek());
    }

    /** Those who may get one: with an address, a person of the firm, and no wish against it. */
    @Transactional
    List<Membership> recipients() {
        return to(wishes.whoWants(MailWish.Kind.CALLS, Role.PROFESSIONAL, Role.OWNER, Role.CLERK));
    }

    private static List<Membership> to(List<Membership> wanting) {
        Set<UUID> persons = new HashSet<>();
        return wanting.stream()
                .filter(member -> member.personId() != null && persons.add(member.personId()))
                .toList();
    }

    /**
     * Writes today's mail to one of them, if there is reason for one and none went out today.
     *
     * @return the mail's key
     */
    @Transactional
    Optional<UUID> write(Membership member) throws Exception {
        return written(member);
    }

    /**
     * Writes today's mails at once, to all for whom there is reason for one and who got none today.
     *
     * @return how many
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public int now() throws Exception {
        List<Membership> members = to(wishes.whoWants(MailWish.Kind.CALLS, Role.PROFESSIONAL, Role.OWNER, Role.CLERK));
        int count = 0;
        for (Membership member : members) {
            count += written(member).isPresent() ? 1 : 0;
        }
        return count;
    }

    private Optional<UUID> written(Membership member) throws Exception {
        UUID person = member.personId();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (wroteToday(person, now)) {
            return Optional.empty();
        }
        Caller self = new Caller(member.userId(), member.name(), "", Set.of(Role.PROFESSIONAL), person, null);
        Waiting waiting = self.call(() -> waiting());
        MailChoices choices = mailing.choices();
        boolean old = waiting.oldest()
                .filter(at -> !at.isAfter(now.minus(Duration.ofDays(choices.callsAgeDays()))))
                .isPresent();
        if (waiting.calls().isEmpty() || !(waiting.count() >= choices.callsLeast() || old)) {
            return Optional.empty();
        }
        return Optional.of(put(member, waiting, now));
    }

    private record Waiting(List<CallLine> calls, long count, Optional<Instant> oldest) {}

    private Waiting waiting() {
        CallFilter filter = CallFilter.all(CallGroup.NO_CODE);
        List<CallLine> newest = calls.list(filter, CallOrder.NEWEST, null, MOST).items();
        List<CallLine> first = calls.list(filter, new CallOrder(CallOrder.Key.TIME, true), null, 1)
                .items();
        return new Waiting(
                newest,
                calls.count(filter),
                first.stream().map(CallLine::startedAt).findFirst());
    }

    private boolean wroteToday(UUID person, Instant now) {
        ZoneId zone = letters.firm().zoneId();
        return !entities.createQuery(
                        "select l.id from CallList l where l.personId = :person and l.madeAt >= :today", UUID.class)
                .setParameter("person", person)
                .setParameter(
                        "today",
                        now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant())
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    private UUID put(Membership member, Waiting waiting, Instant now) {
        UUID list = Ids.next();
        entities.persist(new CallList(list, member.personId(), now));
        Map<UUID, List<CallListItem.Chip>> chips = chips(waiting.calls());
        int no = 0;
        for (CallLine call : waiting.calls()) {
            entities.persist(new CallListItem(list, call.id(), ++no, chips.get(call.id())));
        }
        entities.flush();
        return outbox.put(new NewMail(
                KIND,
                member.email(),
                member.name(),
                letter(member, waiting, chips, now),
                Optional.of(new NewMail.Thing("person", member.personId())),
                Optional.empty(),
                Optional.of(new NewMail.Link(KIND, Ids.next(), list, LINK_DAYS))));
    }

    private Map<UUID, List<CallListItem.Chip>> chips(List<CallLine> lines) {
        Map<UUID, List<NumberHistory.Proposal>> proposals = history.propose(lines, CHIPS);
        List<NumberHistory.Proposal> all =
                proposals.values().stream().flatMap(List::stream).toList();
        Map<UUID, String> names = clients.names(all.stream()
                .map(NumberHistory.Proposal::clientId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        Map<UUID, Matter> matters = clients.matters(all.stream()
                .map(NumberHistory.Proposal::matterId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        return proposals.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                        .map(proposal -> new CallListItem.Chip(
                                proposal.code(),
                                label(proposal, names, matters),
                                proposal.of(),
                                proposal.total(),
                                proposal.whose().name()))
                        .toList()));
    }

    private static String label(NumberHistory.Proposal proposal, Map<UUID, String> names, Map<UUID, Matter> matters) {
        // A code of the house has no client, one for a client as a whole no matter.
        List<String> words = new ArrayList<>();
        words.add(proposal.clientId() == null ? "" : names.getOrDefault(proposal.clientId(), ""));
        if (proposal.matterId() != null && matters.containsKey(proposal.matterId())) {
            words.add(matters.get(proposal.matterId()).name());
        }
        return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }

    private Letter letter(Membership member, Waiting waiting, Map<UUID, List<CallListItem.Chip>> chips, Instant now) {
        FirmProfile firm = letters.firm();
        LetterTexts texts = letters.texts();
        String page = outbox.linkAddress(PAGE);
        long count = waiting.count();
        String many = count == 1 ? texts.say("calls.subject.one") : texts.say("calls.subject.many", texts.count(count));
        Instant oldest = waiting.oldest().orElse(now);
        boolean fresh = texts.day(oldest).equals(texts.day(now));
        Letter.Draft letter = Letter.about(
                        fresh ? many : texts.say("calls.subject.old", many, texts.date(texts.day(oldest))))
                .add(new Letter.Heading(
                        count == 1
                                ? texts.say("calls.heading.one")
                                : texts.say("calls.heading.many", texts.count(count))))
                .add(new Letter.Paragraph(texts.greeting(member.name()) + "\n" + texts.say("calls.text")));
        for (CallLine call : waiting.calls()) {
            letter.add(choices(call, chips.get(call.id()), page, firm, texts));
        }
        if (count > waiting.calls().size()) {
            letter.add(new Letter.Paragraph(
                    texts.say("calls.more", texts.count(count - waiting.calls().size()))));
        }
        return letter.add(new Letter.Button(texts.say("calls.all"), page))
                .add(new Letter.Small(texts.say("calls.expires", texts.dateTime(now.plus(Duration.ofDays(LINK_DAYS))))))
                .add(new Letter.Small(texts.say("calls.stop", firm.name())))
                .done();
    }

    private static Letter.Choices choices(
            CallLine call, List<CallListItem.Chip> chips, String page, FirmProfile firm, LetterTexts texts) {
        String party =
                call.party().isEmpty() ? texts.say("calls.withheld") : PhoneNumbers.write(call.party(), firm.country());
        String address = page + "&call=" + call.id();
        List<Letter.Choice> choices = new ArrayList<>();
        for (CallListItem.Chip chip : chips) {
            choices.add(new Letter.Choice(
                    chip.label().isEmpty() ? chip.code() : chip.code() + " · " + chip.label(),
                    texts.say(
                            chip.whose().equals("PERSON") ? "reason.person" : "reason.firm",
                            texts.count(chip.of()),
                            texts.count(chip.total())),
                    address + "&code=" + chip.code()));
        }
        choices.add(new Letter.Choice(texts.say("calls.other"), "", address));
        return new Letter.Choices(
                texts.say(call.direction() == Direction.OUT ? "calls.out" : "calls.in", party),
                texts.dateTime(call.startedAt()) + " · " + LetterTexts.talk(call.talkSeconds()),
                choices);
    }
}
