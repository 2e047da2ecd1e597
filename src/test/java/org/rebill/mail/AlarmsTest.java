package org.rebill.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.identity.Membership;
import org.rebill.identity.Memberships;
import org.rebill.identity.Role;
import org.rebill.intake.SourceBack;
import org.rebill.intake.SourceSilent;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Sql;

/** Who is told of what. */
class AlarmsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final UUID SOURCE = UUID.randomUUID();

    private final BareServices services = new BareServices(NOON);
    private UUID firm;
    private UUID owner;
    private UUID clerk;

    @BeforeEach
    void aFirm() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        owner = UUID.randomUUID();
        clerk = UUID.randomUUID();
        service(() -> {
            services.get(AuditLog.class).open();
            Memberships memberships = services.get(Memberships.class);
            memberships.grant(new Membership(owner, Role.OWNER, "Margaret", "margaret@firm.example", null, null));
            memberships.grant(new Membership(owner, Role.CLERK, "Margaret", "margaret@firm.example", null, null));
            memberships.grant(new Membership(clerk, Role.CLERK, "Elena", "elena@firm.example", null, null));
            memberships.grant(new Membership(UUID.randomUUID(), Role.CLERK, "Mute", "", null, null));
            return null;
        });
    }

    private <T> T service(Callable<T> work) throws Exception {
        return services.in(firm, Caller.service("Rebill"), work);
    }

    private <T> T as(UUID user, Callable<T> work) throws Exception {
        return services.in(firm, new Caller(user, "Somebody", "", Set.of(Role.CLERK), null, null), work);
    }

    @SuppressWarnings("unchecked") // what the services were made with
    private Alarms alarms() {
        Firms firms = services.get(Firms.class);
        Outbox outbox = new Outbox(
                services.get(EntityManager.class),
                firms,
                new MailService(Optional.empty(), "https://service.example"),
                (Event<MailWaiting>) services.get(Event.class),
                services.get(Clock.class));
        return new Alarms(
                services.get(EntityManager.class),
                services.get(MailWishes.class),
                outbox,
                new Letters(firms),
                services.get(Mailing.class),
                services.get(Clock.class));
    }

    private List<Mail> mails() throws Exception {
        return service(() -> services.get(EntityManager.class)
                .createQuery("from Mail order by recipient, madeAt, id", Mail.class)
                .getResultList());
    }

    private void silent() throws Exception {
        service(() -> {
            alarms().silent(new SourceSilent(SOURCE, "PBX <Austin>", NOON.minusSeconds(36_000), 10));
            return null;
        });
    }

    @Test
    void ownersAndClerksWithAnAddressAreToldOnceEach() throws Exception {
        silent();

        assertThat(mails()).extracting(Mail::recipient).containsExactly("elena@firm.example", "margaret@firm.example");
        Mail mail = mails().get(0);
        assertThat(mail.subject()).isEqualTo("PBX <Austin> is silent");
        assertThat(mail.text())
                .contains("has sent nothing since Nov 25, 2026, 2:00")
                .contains("https://service.example/app/source.xhtml?id=" + SOURCE + "&firm=");
        assertThat(mail.html()).contains("PBX &lt;Austin&gt;").doesNotContain("<Austin>");
        assertThat(mail.about()).contains(new NewMail.Thing("source", SOURCE));
    }

    @Test
    void whoDoesNotWantItIsLeftAlone() throws Exception {
        as(clerk, () -> {
            services.get(MailWishes.class).change(new MailWishes.Wishes(false, null, null));
            return null;
        });
        silent();
        assertThat(mails()).extracting(Mail::recipient).containsExactly("margaret@firm.example");

        service(() -> alarms().quarantine(10));
        assertThat(mails())
                .extracting(Mail::recipient)
                .as("the other wish stands")
                .containsExactly("elena@firm.example", "margaret@firm.example", "margaret@firm.example");
        assertThat(as(clerk, () -> services.get(MailWishes.class).own()))
                .isEqualTo(new MailWishes.Wishes(false, true, true));
    }

    @Test
    void itIsToldWhenRecordsComeAgain() throws Exception {
        service(() -> {
            alarms().back(new SourceBack(SOURCE, "PBX", NOON.minusSeconds(600)));
            return null;
        });
        assertThat(mails().get(0).subject()).isEqualTo("PBX sends again");
    }

    @Test
    void quarantineIsToldOnlyWhenItGrewEnough() throws Exception {
        assertThat(service(() -> alarms().quarantine(9)))
                .as("less than the usual 10")
                .isZero();
        assertThat(service(() -> alarms().quarantine(10))).isEqualTo(2);
        assertThat(service(() -> alarms().quarantine(10))).as("told already").isZero();
        assertThat(service(() -> alarms().quarantine(19))).isZero();
        assertThat(service(() -> alarms().quarantine(2))).as("mended").isZero();
        assertThat(service(() -> alarms().quarantine(12)))
                .as("grew by 10 since")
                .isEqualTo(2);

        assertThat(mails().get(1).subject()).isEqualTo("10 records could not be read");
        assertThat(mails().get(1).text())
                .contains("12 records wait in quarantine")
                .contains("They were 2 when");
    }

    @Test
    void anotherFirmIsNotTold() throws Exception {
        UUID other = BareDatabase.get().newFirm().id();
        assertThat(services.in(other, Caller.service("Rebill"), () -> alarms().quarantine(100)))
                .isZero();
        assertThat(mails()).isEmpty();
        long rows = BareDatabase.get().in(firm, connection -> Sql.on(connection)
                .query("select count(*) as n from mail_watch", row -> row.getLong("n"))
                .get(0));
        assertThat(rows).isZero();
    }
}
