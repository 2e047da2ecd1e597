package org.rebill.agreement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;

/** The client's side of agreements: its users see and accept what the firm offered to that client, and nothing else. */
@ApplicationScoped
public class PortalAgreements {
    private final EntityManager entities;
    private final AgreementBook book;

    @Inject
    PortalAgreements(EntityManager entities, AgreementBook book) {
        this.entities = entities;
        this.book = book;
    }

    /**
     * What was offered, and what became of it.
     *
     * @param rates of single persons
     * @param now the accepted version that stands in its place today; null where there is none
     */
    public record Offer(Agreement agreement, AgreementVersion version, List<AgreementRate> rates, Current now) {
        public Offer {
            rates = List.copyOf(rates);
        }
    }

    /** What is in force of the same agreement. */
    public record Current(AgreementVersion version, List<AgreementRate> rates) {
        public Current {
            rates = List.copyOf(rates);
        }
    }

    /** All offers to the caller's client but withdrawn ones, newest first. */
    @Allow(Role.CLIENT)
    @Transactional
    public List<Offer> all() {
        UUID client = client();
        Map<UUID, Agreement> agreements = book.agreementsOf(client);
        List<AgreementVersion> versions = book.versionsOf(client);
        List<AgreementRate> rates = book.rates(versions);
        return versions.stream()
                .filter(version -> version.state(book.now()) != AgreementState.WITHDRAWN)
                .sorted((a, b) -> b.offeredAt().compareTo(a.offeredAt()))
                .map(version -> new Offer(
                        agreements.get(version.agreementId()),
                        version,
                        of(version, rates),
                        now(version, versions, rates)))
                .toList();
    }

    private Current now(AgreementVersion offered, List<AgreementVersion> versions, List<AgreementRate> rates) {
        return versions.stream()
                .filter(version -> version.agreementId().equals(offered.agreementId()))
                .filter(version -> version.state(book.now()) == AgreementState.IN_FORCE)
                .findFirst()
                .map(version -> new Current(version, of(version, rates)))
                .orElse(null);
    }

    private static List<AgreementRate> of(AgreementVersion version, List<AgreementRate> rates) {
        return rates.stream()
                .filter(rate -> rate.versionId().equals(version.id()))
                .toList();
    }

    /** How many offers wait for the caller's client. */
    @Allow(Role.CLIENT)
    @Transactional
    public int waiting() {
        return Math.toIntExact(book.versionsOf(client()).stream()
                .filter(AgreementVersion::isOpen)
                .count());
    }

    /** Accepts an offer for the caller's client, now, by the caller, from where the caller is. */
    @Allow(Role.CLIENT)
    @Transactional
    public AgreementVersion accept(UUID versionId) {
        AgreementVersion version = entities.find(AgreementVersion.class, versionId);
        // Another client's offer, and one taken back, sound like a missing one.
        if (version == null || !version.clientId().equals(client())) {
            throw new Refusal.NotFound("offer");
        }
        Caller caller = Caller.current();
        book.accept(version, new Acceptance(Acceptance.How.PORTAL, book.now(), caller.name(), caller.address(), null));
        return version;
    }

    private static UUID client() {
        UUID client = Caller.current().clientId();
        if (client == null) {
            throw new Refusal.Forbidden("Sign in as a user of a client.");
        }
        return client;
    }
}
