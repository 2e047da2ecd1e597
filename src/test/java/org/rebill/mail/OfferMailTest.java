package org.rebill.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.agreement.AgreementVersion;
import org.rebill.agreement.Agreements;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.agreement.OfferDraft;
import org.rebill.agreement.TermsOffered;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.rating.TermsDraft;

/** What a client is told of terms that are offered, in the firm's language. */
class OfferMailTest {
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(Instant.parse("2026-11-25T18:00:00Z"));
    private final Agreements agreements = services.get(Agreements.class);
    private UUID firm;

    @BeforeEach
    void aFirm() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        in(() -> {
            services.get(AuditLog.class).open();
            return null;
        });
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    private Client client(String email) throws Exception {
        return in(() -> services.get(Clients.class)
                .create(new Clients.Draft("Barton & <Creek>", "Thomas Reyes", null, email, null)));
    }

    private static OfferDraft draft(String rate) {
        return new OfferDraft(
                new TermsDraft(null, new BigDecimal(rate), false, 360, null, 360, "UP", null, null, null, null),
                LocalDate.parse("2026-12-01"),
                null,
                null,
                null);
    }

    /** What the container would do with the news of the offer. */
    private Mail mailOf(Callable<AgreementVersion> act) throws Exception {
        return in(() -> {
            act.call();
            TermsOffered offer = services.news().stream()
                    .filter(TermsOffered.class::isInstance)
                    .map(TermsOffered.class::cast)
                    .reduce((first, second) -> second)
                    .orElseThrow();
            mails().offered(offer);
            EntityManager entities = services.get(EntityManager.class);
            entities.flush();
            return entities.createQuery("from Mail order by madeAt desc, id desc", Mail.class)
                    .setMaxResults(1)
                    .getSingleResult();
        });
    }

    @SuppressWarnings("unchecked") // what the services were made with
    private AgreementMails mails() {
        Firms firms = services.get(Firms.class);
        Outbox outbox = new Outbox(
                services.get(EntityManager.class),
                firms,
                new MailService(Optional.empty(), "https://service.example"),
                (Event<MailWaiting>) services.get(Event.class),
                services.get(Clock.class));
        return new AgreementMails(outbox, new Letters(firms), services.get(AuditLog.class));
    }

    @Test
    void theClientReadsTheTermsAndWhereToAcceptThem() throws Exception {
        Client client = client("thomas@barton.example");

        Mail mail = mailOf(() -> agreements.openAndTell(client.id(), null, draft("250")));

        assertThat(mail.recipient()).isEqualTo("thomas@barton.example");
        assertThat(mail.recipientName()).isEqualTo("Thomas Reyes");
        assertThat(mail.subject()).isEqualTo("Firm offers you terms for telephone advice: agreement A-001");
        assertThat(mail.text())
                .contains("Dear Thomas Reyes,")
                .contains("between Firm and Barton & <Creek>")
                .contains("https://service.example/portal/index.xhtml?firm=f");
        assertThat(mail.html()).contains("Barton &amp; &lt;Creek&gt;").doesNotContain("<Creek>");
        assertThat(mail.about().orElseThrow().kind()).isEqualTo("agreement");
        assertThat(mail.messageId()).isEqualTo(mail.id() + "@rebill.invalid");
        List<AuditEntry> acts = in(() -> services.get(AuditLog.class)
                .of("agreement", mail.about().orElseThrow().id()));
        assertThat(acts).extracting(AuditEntry::action).containsExactly("agreement.offered", "agreement.mailed");
    }

    @Test
    void aFirmWritesInItsLanguage() throws Exception {
        Client client = client("thomas@barton.example");
        for (String[] language : new String[][] {
            {"de-DE", "Firm bietet Ihnen Bedingungen für telefonische Beratung an: Vereinbarung A-001"},
            {"es-ES", "Firm le ofrece condiciones para asesoría por teléfono: acuerdo A-001"}
        }) {
            BareDatabase.get().in(firm, connection -> Sql.on(connection)
                    .update("update firm set locale = ? where firm_id = ?", language[0], firm));
            Mail mail = language[0].equals("de-DE")
                    ? mailOf(() -> agreements.openAndTell(client.id(), null, draft("250")))
                    : mailOf(() -> {
                        UUID first = agreements
                                .list(client.id(), true, null, 1)
                                .items()
                                .get(0)
                                .agreement()
                                .id();
                        agreements.withdraw(first, 1);
                        return agreements.offerAndTell(first, draft("260"));
                    });
            assertThat(mail.subject()).isEqualTo(language[1]);
            assertThat(mail.html()).contains("<html lang=\"" + language[0].substring(0, 2) + "\">");
        }
    }

    @Test
    void withoutAnAddressNothingIsOffered() throws Exception {
        Client client = client(null);

        assertThatThrownBy(() -> in(() -> agreements.openAndTell(client.id(), null, draft("250"))))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("has no e-mail address");

        assertThat(in(() -> agreements.list(client.id(), false, null, 10).items()))
                .isEmpty();
    }
}
