package org.rebill.firm;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rebill.platform.Problems;

/** What a firm may say of itself; each problem is noted at its field. */
final class ProfileCheck {
    static final int LINE = 100;

    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{1,40}");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9]{1,10}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final int NAME = 200;
    private static final int ADDRESS_LINES = 6;
    private static final int PAYMENT_LINES = 4;
    private static final int LONGEST_PAYMENT = 365;

    private ProfileCheck() {}

    /** The profile with its texts as they are kept: without blanks around them, null for what is empty. */
    static FirmProfile check(FirmProfile profile, Problems problems) {
        if (profile.slug() == null || !SLUG.matcher(profile.slug()).matches()) {
            problems.add(
                    "slug",
                    "slug.form",
                    "The firm's address is 2 to 41 small letters, digits and hyphens, such as hale-ortiz.");
        }
        String name = problems.line("name", profile.name(), NAME, "Give the firm's name.");
        String tagline = problems.optionalLine("tagline", profile.tagline(), LINE);
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
        String address = problems.optionalLines("address", profile.address(), ADDRESS_LINES, LINE);
        if (address == null) {
            problems.add("address", "address.missing", "Give the address; it is printed on statements.");
        }
        String phone = problems.optionalLine("phone", profile.phone(), LINE);
        String email = problems.optionalEmail("email", profile.email());
        String taxId = problems.optionalLine("taxId", profile.taxId(), LINE);
        String payment = problems.optionalLines("payment", profile.payment(), PAYMENT_LINES, LINE);
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
        return new FirmProfile(
                profile.slug(),
                name,
                tagline,
                profile.trade(),
                profile.country(),
                profile.zone(),
                profile.currency(),
                profile.locale(),
                profile.paper(),
                address,
                phone,
                email,
                taxId,
                payment,
                profile.brandColour(),
                profile.paymentDays(),
                profile.statementPrefix(),
                profile.transferBilling());
    }

    static void country(String country, Problems problems) {
        if (country == null || !COUNTRIES.contains(country)) {
            problems.add("country", "country.unknown", "'" + country + "' is no country code such as US or DE.");
        }
    }

    static void zone(String zone, Problems problems) {
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
}
