package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** Founds a firm and adds its places, people and telephones; the audit log hears of each act. */
@ApplicationScoped
public class FirmSetUp {
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,8}");

    private final EntityManager entities;
    private final FirmDirectory directory;
    private final Event<FirmChanged> news;
    private final Event<LogoChosen> logos;

    @Inject
    FirmSetUp(EntityManager entities, FirmDirectory directory, Event<FirmChanged> news, Event<LogoChosen> logos) {
        this.entities = entities;
        this.directory = directory;
        this.news = news;
        this.logos = logos;
    }

    /**
     * Founds the current tenant's firm and opens its audit chain. Only the service itself does. Refused with all that
     * is wrong, at the profile's fields.
     *
     * @param logo SVG, PNG or JPEG of at most 512 KiB, or null
     */
    @Allow
    @Transactional
    public Firm found(FirmProfile profile, byte[] logo) {
        Problems problems = new Problems();
        FirmProfile checked = ProfileCheck.check(profile, problems);
        if (logo != null) {
            try {
                logos.fire(new LogoChosen(Logo.chosen(logo)));
            } catch (Refusal.Invalid | Refusal.WrongType | Refusal.TooLarge e) {
                problems.addAll(e.problems());
            }
        }
        problems.refuse();
        if (directory.find(profile.slug()).isPresent()) {
            throw new Refusal.Conflict(
                    "slug", "slug.taken", "There is a firm with the address '" + profile.slug() + "'.");
        }
        Firm firm = new Firm(Tenant.current(), checked, logo);
        entities.persist(firm);
        entities.flush();
        directory.enter(profile.slug(), firm.id());
        news.fire(FirmChanged.added(FirmChanged.FOUNDED, "firm", firm.id(), checked));
        return firm;
    }

    /** Adds a place. */
    @Allow(Role.OWNER)
    @Transactional
    public Site addSite(String name, String country, String zone) {
        Problems problems = new Problems();
        String checked = problems.line("name", name, ProfileCheck.LINE, "Give the place a name.");
        ProfileCheck.country(country, problems);
        ProfileCheck.zone(zone, problems);
        problems.refuse();
        boolean taken = entities.createQuery("select s.id from Site s where lower(s.name) = lower(:name)", UUID.class)
                .setParameter("name", checked)
                .getResultStream()
                .findAny()
                .isPresent();
        if (taken) {
            throw new Refusal.Conflict("name", "name.taken", "There is a place named '" + checked + "' already.");
        }
        Site site = new Site(Ids.next(), checked, country, zone);
        entities.persist(site);
        news.fire(FirmChanged.added(
                "site.added", "site", site.id(), Map.of("name", checked, "country", country, "zone", zone)));
        return site;
    }

    /**
     * Adds somebody who takes calls.
     *
     * @param initials at most 4 characters
     * @param title what the person is at the firm, such as "Partner"; may be null
     */
    @Allow(Role.OWNER)
    @Transactional
    public Person addPerson(String name, String initials, String title) {
        Problems problems = new Problems();
        String checkedName = problems.line("name", name, ProfileCheck.LINE, "Give the person's name.");
        String checkedInitials = problems.line("initials", initials, 4, "Give the person's initials.");
        String checkedTitle = problems.optionalLine("title", title, ProfileCheck.LINE);
        problems.refuse();
        boolean taken = entities.createQuery("select p.id from Person p where lower(p.name) = lower(:name)", UUID.class)
                .setParameter("name", checkedName)
                .getResultStream()
                .findAny()
                .isPresent();
        if (taken) {
            throw new Refusal.Conflict("name", "name.taken", "There is a '" + checkedName + "' already.");
        }
        Person person = new Person(Ids.next(), checkedName, checkedInitials, checkedTitle);
        entities.persist(person);
        news.fire(FirmChanged.added("person.added", "person", person.id(), Map.of("name", checkedName)));
        return person;
    }

    /**
     * Says whose a telephone is.
     *
     * @param number 2 to 8 digits, as the phone system writes them
     */
    @Allow(Role.OWNER)
    @Transactional
    public Extension addExtension(UUID siteId, String number, UUID personId) {
        Problems problems = new Problems();
        if (number == null || !EXTENSION.matcher(number).matches()) {
            problems.add("number", "extension.digits", "An extension is 2 to 8 digits.");
        }
        if (entities.find(Site.class, siteId) == null) {
            problems.add("siteId", "site.unknown", "Choose one of the firm's places.");
        }
        if (entities.find(Person.class, personId) == null) {
            problems.add("personId", "person.unknown", "Choose one of the firm's people.");
        }
        problems.refuse();
        if (entities.find(Extension.class, new Extension.Key(siteId, number)) != null) {
            throw new Refusal.Conflict("number", "extension.taken", "Extension " + number + " is somebody's already.");
        }
        Extension extension = new Extension(siteId, number, personId);
        entities.persist(extension);
        news.fire(FirmChanged.added("extension.given", "person", personId, Map.of("site", siteId, "number", number)));
        return extension;
    }
}
