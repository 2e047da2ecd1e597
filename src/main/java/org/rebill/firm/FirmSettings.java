package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.HexFormat;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;
import org.rebill.platform.Tenant;

/** What stands at the head of the firm's statements, and how the owner changes it. Profile and logo are one document. */
@ApplicationScoped
public class FirmSettings {
    private final EntityManager entities;
    private final Event<FirmChanged> news;
    private final Event<LogoChosen> logos;

    @Inject
    FirmSettings(EntityManager entities, Event<FirmChanged> news, Event<LogoChosen> logos) {
        this.entities = entities;
        this.news = news;
        this.logos = logos;
    }

    /**
     * A logo as it is told of, without its bytes.
     *
     * @param type media type
     * @param sha256 hexadecimal, of the bytes
     */
    public record LogoFacts(String type, int bytes, String sha256) {
        /** Null for none. */
        static LogoFacts of(byte[] logo) {
            return Logo.of(logo)
                    .map(known -> new LogoFacts(
                            known.kind().type(), logo.length, HexFormat.of().formatHex(Sha256.of(logo))))
                    .orElse(null);
        }
    }

    /** The firm as it is now. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Firm get() {
        return find();
    }

    private Firm find() {
        return entities.find(Firm.class, Tenant.current());
    }

    private Firm find(int version) {
        Firm firm = find();
        if (firm.version() != version) {
            throw new Refusal.Stale("profile");
        }
        return firm;
    }

    /**
     * Changes what the firm says of itself. Refused with all that is wrong, at the fields.
     *
     * @param version the one that the change was made to
     * @throws Refusal.Stale when somebody changed the profile or the logo meanwhile
     */
    @Allow(Role.OWNER)
    @Transactional
    public Firm change(int version, FirmDetails details) {
        Firm firm = find(version);
        Problems problems = new Problems();
        FirmProfile changed = ProfileCheck.check(details.in(firm.profile()), problems);
        problems.refuse();
        FirmDetails before = FirmDetails.of(firm.profile());
        if (!changed.equals(firm.profile())) {
            firm.become(changed);
            store();
            news.fire(new FirmChanged("firm.changed", "firm", firm.id(), before, FirmDetails.of(changed)));
        }
        return firm;
    }

    /**
     * Takes another logo.
     *
     * @param version the one that the change was made to
     * @param bytes SVG, PNG or JPEG of at most 512 KiB
     * @throws Refusal.Stale when somebody changed the profile or the logo meanwhile
     */
    @Allow(Role.OWNER)
    @Transactional
    public Firm takeLogo(int version, byte[] bytes) {
        Firm firm = find(version);
        logos.fire(new LogoChosen(Logo.chosen(bytes)));
        if (!Arrays.equals(firm.logo(), bytes)) {
            replace(firm, bytes, "firm.logo-taken");
        }
        return firm;
    }

    /**
     * Removes the logo; statements then begin with the firm's name. Without one nothing happens.
     *
     * @param version the one that the change was made to
     * @throws Refusal.Stale when somebody changed the profile or the logo meanwhile
     */
    @Allow(Role.OWNER)
    @Transactional
    public Firm removeLogo(int version) {
        Firm firm = find(version);
        if (firm.logo() != null) {
            replace(firm, null, "firm.logo-removed");
        }
        return firm;
    }

    private void replace(Firm firm, byte[] logo, String action) {
        LogoFacts before = LogoFacts.of(firm.logo());
        firm.become(logo);
        store();
        news.fire(new FirmChanged(action, "firm", firm.id(), before, LogoFacts.of(logo)));
    }

    private void store() {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw new Refusal.Stale("profile");
        }
    }
}
