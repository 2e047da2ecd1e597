package org.rebill.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.call.Calls;
import org.rebill.call.NumberHistory;
import org.rebill.call.RecordBytes;
import org.rebill.code.Codes;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.identity.Membership;
import org.rebill.identity.Memberships;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;

/** The daily mail of calls to code and what its link may do, on the real schema. */
class CallListsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T23:00:00Z");
    private static final String NUMBER = "+15125550144";

    private final BareServices services = new BareServices(NOW);
    private BareDatabase.NewFirm firm;
    private UUID karin;
    private UUID tom;
    private UUID source;

    @BeforeEach
    void aFirmWithTwoPeople() throws Exception {
        // No record is looked at here.
        services.give(RecordBytes.class, (RecordBytes) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RecordBytes.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
        firm = BareDatabase.get().newFirm();
        source = BareDatabase.get().newFile(firm, UUID.randomUUID()).source();
        karin = person("Karin");
        tom = person("Tom");
        service(() -> {
            services.get(AuditLog.class).open();
            Memberships memberships = services.get(Memberships.class);
            memberships.grant(
                    new Membership(UUID.randomUUID(), Role.PROFESSIONAL, "Karin", "karin@firm.example", karin, null));
            UUID client = services.get(Clients.class)
                    .create(new Clients.Draft("Barton Creek", null, null, null, null))
                    .id();
            services.get(Codes.class)
                    .create(new Codes.Draft("1042", null, false, client, null, Instant.parse("2026-01-01T00:00:00Z")));
            return null;
        });
    }

    private UUID person(String name) throws Exception {
        UUID id = UUID.randomUUID();
        BareDatabase.get().in(firm.id(), connection -> Sql.on(connection)
                .update("insert into person (firm_id, id, name, initials) values (?, ?, ?, 'X')", firm.id(), id, name));
        return id;
    }

    private UUID call(UUID person, Instant at, String number, String code, String state) throws Exception {
        UUID id = UUID.randomUUID();
        BareDatabase.get().in(firm.id(), connection -> {
            Sql sql = Sql.on(connection);
            sql.query("select app_ensure_month(?::timestamptz::date)", row -> 1, at);
            return sql.update(
                    "insert into call (firm_id, opened_at, id, source_id, file_id, started_at, answered_at, ended_at, "
                            + "direction, party, person_id, extension, talk_seconds, talks, emergency, leg_count, "
                            + "pbx_code, code, code_origin, state, flags) values (?, ?, ?, ?, ?, ?, ?, ?, 'OUT', ?, ?, "
                            + "'101', 311, '[]', false, 1, '', ?, ?, ?, '')",
                    firm.id(),
                    at,
                    id,
                    source,
                    UUID.randomUUID(),
                    at,
                    at,
                    at.plusSeconds(311),
                    number,
                    person,
                    code,
                    code.isEmpty() ? "NONE" : "PBX",
                    state);
        });
        return id;
    }

    private <T> T service(Callable<T> work) throws Exception {
        return services.in(firm.id(), Caller.service("Daily mail"), work);
    }

    private <T> T link(UUID person, Callable<T> work) throws Exception {
        return services.in(firm.id(), new Caller(null, "By link", "", Set.of(Role.PROFESSIONAL), person, null), work);
    }

    @SuppressWarnings("unchecked") // what the services were made with
    private CallMails mails() {
        Firms firms = services.get(Firms.class);
        Outbox outbox = new Outbox(
                services.get(EntityManager.class),
                firms,
                new MailService(Optional.empty(), "https://service.example"),
                (Event<MailWaiting>) services.get(Event.class),
                services.get(Clock.class));
        return new CallMails(
                services.get(EntityManager.class),
                services.get(Calls.class),
                services.get(NumberHistory.class),
                services.get(Clients.class),
                outbox,
                new Letters(firms),
                services.get(Mailing.class),
                services.get(MailWishes.class),
                services.get(Clock.class));
    }

    private int round() throws Exception {
        return service(() -> {
            int count = 0;
            for (Membership member : mails().recipients()) {
                count += mails().write(member).isPresent() ? 1 : 0;
            }
            return count;
        });
    }

    private Mail mail() throws Exception {
        return service(() -> services.get(EntityManager.class)
                .createQuery("from Mail order by madeAt desc", Mail.class)
                .setMaxResults(1)
                .getSingleResult());
    }

    private UUID list() throws Exception {
        return service(() -> services.get(EntityManager.class)
                .createQuery("from CallList order by madeAt desc", CallList.class)
                .setMaxResults(1)
                .getSingleResult()
                .id());
    }

    @Test
    void aPersonIsSentTheOwnCallsWithCodesOfTheSameNumberOnceADay() throws Exception {
        call(karin, NOW.minus(Duration.ofDays(9)), NUMBER, "1042", "RATED");
        call(karin, NOW.minus(Duration.ofDays(8)), NUMBER, "1042", "RATED");
        UUID open = call(karin, NOW.minusSeconds(3600), NUMBER, "", "NO_CODE");
        UUID withheld = call(karin, NOW.minusSeconds(1800), "", "", "NO_CODE");
        UUID others = call(tom, NOW.minusSeconds(900), NUMBER, "", "NO_CODE");

        assertThat(round()).isEqualTo(1);

        assertThat(mail().recipient()).isEqualTo("karin@firm.example");
        assertThat(mail().subject()).isEqualTo("2 calls need a code");
        assertThat(mail().text())
                .contains("to (512) 555-0144")
                .contains("1042 · Barton Creek (2 of 2 of your calls with this number)")
                .contains("/link/calls.xhtml?t=" + Letter.LINK_SECRET + "&call=" + open + "&code=1042")
                .contains("number withheld")
                .contains("&call=" + withheld)
                .doesNotContain(others.toString());
        assertThat(mail().html()).contains("&amp;call=" + open + "&amp;code=1042");
        assertThat(round()).as("once a day").isZero();
        services.setNow(NOW.plus(Duration.ofDays(1)));
        assertThat(round()).as("again tomorrow").isEqualTo(1);
        assertThat(mail().subject()).isEqualTo("2 calls need a code, the oldest from November 25, 2026");
    }

    @Test
    void withoutACallNobodyIsWrittenTo() throws Exception {
        call(karin, NOW.minusSeconds(3600), NUMBER, "1042", "RATED");
        assertThat(round()).isZero();
    }

    @Test
    void fewAndFreshCallsWaitUntilTheyAreManyOrOld() throws Exception {
        service(() -> services.get(Mailing.class)
                .change(
                        -1,
                        new MailChoices(null, null, MailChoices.StatementWay.ATTACHED, 30, true, 1020, 31, 3, 2, 10)));
        call(karin, NOW.minusSeconds(3600), NUMBER, "", "NO_CODE");
        call(karin, NOW.minusSeconds(1800), NUMBER, "", "NO_CODE");
        assertThat(round()).isZero();
        call(karin, NOW.minusSeconds(900), NUMBER, "", "NO_CODE");
        assertThat(round()).isEqualTo(1);
    }

    @Test
    void theLinkGivesEachCallOfItsListOneCodeOnce() throws Exception {
        UUID open = call(karin, NOW.minusSeconds(3600), NUMBER, "", "NO_CODE");
        UUID others = call(tom, NOW.minusSeconds(900), NUMBER, "", "NO_CODE");
        round();
        UUID list = list();
        CallLists lists = services.get(CallLists.class);

        assertThat(link(karin, () -> lists.items(list)))
                .extracting(CallLists.Item::open)
                .containsExactly(true);
        for (String wrong : new String[] {"", "9999", "12a"}) {
            assertThatThrownBy(() -> link(karin, () -> give(lists, list, open, wrong)))
                    .as(wrong)
                    .isInstanceOf(Refusal.Invalid.class);
        }
        for (UUID wrong : List.of(others, UUID.randomUUID())) {
            assertThatThrownBy(() -> link(karin, () -> give(lists, list, wrong, "1042")))
                    .isInstanceOf(Refusal.NotFound.class);
        }
        assertThatThrownBy(() -> link(karin, () -> give(lists, UUID.randomUUID(), open, "1042")))
                .as("another list")
                .isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> link(tom, () -> give(lists, list, open, "1042")))
                .as("another person")
                .isInstanceOf(Refusal.NotFound.class);

        link(karin, () -> give(lists, list, open, "1042"));

        assertThat(link(karin, () -> lists.items(list).get(0)).used()).isEqualTo("1042");
        assertThat(link(karin, () -> lists.items(list).get(0)).call().code()).isEqualTo("1042");
        assertThatThrownBy(() -> link(karin, () -> give(lists, list, open, "1042")))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("by this link already");
        List<AuditEntry> acts = service(() -> services.get(AuditLog.class).of("call", open));
        assertThat(acts).extracting(AuditEntry::action).containsExactly("call.coded");
        assertThat(acts).extracting(AuditEntry::actor).containsExactly("By link");
    }

    private static Void give(CallLists lists, UUID list, UUID call, String code) {
        lists.give(list, call, code);
        return null;
    }
}
