package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{1,40}");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9]{1,10}");
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,8}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final int NAME = 200;
    private static final int LINE = 100;
    private static final int ADDRESS_LINES = 6;
    private static final int LONGEST_PAYMENT = 365;
    private static final int LARGEST_LOGO = 512 * 1024;

    private final EntityManager entities;
    private final FirmDirectory directory;
    private final Event<FirmChanged> news;

    @Inject
    FirmSetUp(EntityManager entities, FirmDirectory directory, Event<FirmChanged> news) {
        this.entities = entities;
        this.directory = directory;
        this.news = news;
    }

    /**
     * Founds the current tenant's firm and opens its audit chain. Only the service itself does. Refused with all that
     * is wrong, at the profile's fields.
     *
     * @param logo SVG or PNG of at most 512 KiB, or null
     */
    @Allow
    @Transactional
    public Firm found(FirmProfile profile, byte[] logo) {
        Problems problems = new Problems();
        check(profile, problems);
        if (logo != null && (logo.length > LARGEST_LOGO || !isPicture(logo))) {
            problems.add("logo", "logo.kind", "The logo is an SVG or PNG picture of at most 512 KiB.");
        }
        problems.refuse();
        if (directory.find(profile.slug()).isPresent()) {
            throw new Refusal.Conflict(
                    "slug", "slug.taken", "There is a firm with the address '" + profile.slug() + "'.");
        }
        Firm firm = new Firm(Tenant.current(), profile, logo);
        entities.persist(firm);
        entities.flush();
        directory.enter(profile.slug(), firm.id());
        news.fire(new FirmChanged(FirmChanged.FOUNDED, "firm", firm.id(), profile));
        return firm;
    }

    private static void check(FirmProfile profile, Problems problems) {
        if (profile.slug() == null || !SLUG.matcher(profile.slug()).matches()) {
            problems.add(
                    "slug",
                    "slug.form",
                    "The firm's address is 2 to 41 small letters, digits and hyphens, such as hale-ortiz.");
        }
        problems.line("name", profile.name(), NAME, "Give the firm's name.");
        problems.optionalLine("tagline", profile.tagline(), LINE);
        if (profile.trade() == null) {
            problems.add("trade", "trade.missing", "Choose the trade: LAW, ARCHITECTURE or ACCOUNTING.");
        }
        country(profile.country(), problems);
        zone(profile.zone(), problems);
        if (profile.currency() == null || !CURRENCIES.contains(profile.currency())) {
            problems.add(
                    "currency",
                    "currency.unknown",
                    "'" + profile.currency() + "' is no currency code such as USD or EUR.");
        }
        locale(profile.locale(), problems);
        if (!"A4".equals(profile.paper()) && !"LETTER".equals(profile.paper())) {
            problems.add("paper", "paper.unknown", "Paper is A4 or LETTER.");
        }
        if (problems.optionalLines("address", profile.address(), ADDRESS_LINES, LINE) == null) {
            problems.add("address", "address.missing", "Give the address; it is printed on statements.");
        }
        problems.optionalLine("phone", profile.phone(), LINE);
        problems.optionalEmail("email", profile.email());
        if (profile.brandColour() == null
                || !COLOUR.matcher(profile.brandColour()).matches()) {
            problems.add("brandColour", "colour.form", "The colour is # and six hexadecimal digits, such as #3350c9.");
        }
        if (profile.paymentDays() < 0 || profile.paymentDays() > LONGEST_PAYMENT) {
            problems.add("paymentDays", "payment.range", "Statements are due after 0 to 365 days.");
        }
        if (profile.statementPrefix() == null
                || !PREFIX.matcher(profile.statementPrefix()).matches()) {
            problems.add(
                    "statementPrefix",
                    "prefix.form",
                    "Statement numbers begin with 1 to 10 capital letters and digits, such as HO.");
        }
    }

    private static void country(String country, Problems problems) {
        if (country == null || !COUNTRIES.contains(country)) {
            problems.add("country", "country.unknown", "'" + country + "' is no country code such as US or DE.");
        }
    }

    private static void zone(String zone, Problems problems) {
        try {
            // A bare offset knows nothing of summer time.
            if (zone != null && (zone.indexOf('/') > 0 || zone.equals("UTC"))) {
                ZoneId.of(zone);
                return;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        problems.add(
                "zone", "zone.unknown", "There is no time zone '" + zone + "'. Use a name such as America/Chicago.");
    }

    private static void locale(String tag, Problems problems) {
        try {
            if (tag != null
                    && !new Locale.Builder()
                            .setLanguageTag(tag)
                            .build()
                            .getCountry()
                            .isEmpty()) {
                return;
            }
        } catch (IllformedLocaleException e) {
            // Told below.
        }
        problems.add(
                "locale",
                "locale.form",
                "'" + tag + "' does not name a language and a country, such as en-US or de-DE.");
    }

    private static boolean isPicture(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 512), java.nio.charset.StandardCharsets.ISO_8859_1);
        return head.contains("<svg") || head.startsWith("\u0089PNG");
    }

    /** Adds a place. */
    @Allow(Role.OWNER)
    @Transactional
    public Site addSite(String name, String country, String zone) {
        Problems problems = new Problems();
        String checked = problems.line("name", name, LINE, "Give the place a name.");
        country(country, problems);
        zone(zone, problems);
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
        news.fire(new FirmChanged(
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
        String checkedName = problems.line("name", name, LINE, "Give the person's name.");
        String checkedInitials = problems.line("initials", initials, 4, "Give the person's initials.");
        String checkedTitle = problems.optionalLine("title", title, LINE);
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
        news.fire(new FirmChanged("person.added", "person", person.id(), Map.of("name", checkedName)));
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
        news.fire(new FirmChanged("extension.given", "person", personId, Map.of("site", siteId, "number", number)));
        return extension;
    }
}
