package org.rebill.pack;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.rebill.agreement.Acceptance;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Trade;
import org.rebill.firm.TransferBilling;
import org.rebill.identity.Role;
import org.rebill.policy.NumberClass;
import org.rebill.rating.RateRule;
import org.rebill.rating.TermsDraft;

/**
 * A firm as files. Names stand for things: a source names its site, a user the person, a code the client.
 *
 * @param parts for pointing at the line where something is wrong
 * @param folder where further files lie: the logo, the records
 */
record Pack(
        Tenant tenant, List<Client> clients, List<Code> codes, List<Agreement> agreements, Path folder, Parts parts) {
    /** Where the parts were read from. */
    record Parts(YamlFile tenant, YamlFile clients, CodesFile codes, YamlFile agreements) {}

    private static final int USUAL_PAYMENT_DAYS = 30;

    /** The firm's zone; known once the firm was founded. */
    ZoneId zone() {
        return ZoneId.of(tenant.zone());
    }

    /** The firm's picture, {@code logo.svg} or {@code logo.png}; null when there is none. */
    byte[] logo() {
        Path svg = folder.resolve("logo.svg");
        Path logo = Files.exists(svg) ? svg : folder.resolve("logo.png");
        try {
            return Files.exists(logo) ? Files.readAllBytes(logo) : null;
        } catch (IOException e) {
            throw new BadPack(new PackProblem(
                    folder.getFileName() + "/" + logo.getFileName(), 0, "", "The file can't be read: " + e + "."));
        }
    }

    /** {@code tenant.yaml}. */
    record Tenant(
            String slug,
            String name,
            String tagline,
            Trade trade,
            String country,
            String zone,
            String currency,
            String locale,
            String paper,
            String address,
            String phone,
            String email,
            String taxId,
            String payment,
            String brandColour,
            CodePolicy codes,
            Integer paymentDays,
            String statementPrefix,
            List<Site> sites,
            List<Person> people,
            List<Source> sources,
            List<User> users) {
        Tenant {
            sites = orNone(sites);
            people = orNone(people);
            sources = orNone(sources);
            users = orNone(users);
        }

        FirmProfile profile() {
            return new FirmProfile(
                    slug,
                    name,
                    tagline,
                    trade,
                    country,
                    zone,
                    currency,
                    locale,
                    paper,
                    address == null ? null : address.strip(),
                    phone,
                    email,
                    taxId,
                    payment == null ? null : payment.strip(),
                    brandColour,
                    paymentDays == null ? USUAL_PAYMENT_DAYS : paymentDays,
                    statementPrefix,
                    TransferBilling.EACH_OWN);
        }
    }

    /**
     * Whether a call to the outside needs a code, and whether it must be a known one (DOMAIN.md D7): for the firm, and
     * other answers for some calls.
     */
    record CodePolicy(Boolean forced, Boolean verified, List<Group> groups, List<CodeRule> policies) {
        CodePolicy {
            groups = orNone(groups);
            policies = orNone(policies);
        }
    }

    /** People that have a code policy together. */
    record Group(String name, List<String> people) {
        Group {
            people = orNone(people);
        }
    }

    /** Another answer for the calls of one of: a site, a group, a person, an extension of a site, a class of numbers. */
    record CodeRule(
            String site,
            String group,
            String person,
            String extension,
            NumberClass numbers,
            Boolean forced,
            Boolean verified) {}

    /** A place; country and zone left out are the firm's. */
    record Site(String name, String country, String zone) {}

    /** Somebody who takes calls; the rate is what an hour is worth where nothing is agreed. */
    record Person(String name, String initials, String title, BigDecimal hourlyRate, List<Extension> extensions) {
        Person {
            extensions = orNone(extensions);
        }
    }

    /** A telephone; the site left out is the firm's first. */
    record Extension(String site, String number) {}

    /** A phone system; site, zone and country left out are the firm's first, stamps are local, numbers have 3 digits. */
    record Source(
            String site,
            String name,
            String format,
            Map<String, String> formatOptions,
            String zone,
            Boolean stampsInUtc,
            String country,
            String areaCode,
            String outsidePrefix,
            Integer extensionDigits,
            Integer promptAllowanceSeconds,
            List<String> records) {
        Source {
            records = orNone(records);
        }
    }

    /** Somebody who may sign in. */
    record User(
            String username,
            String name,
            String email,
            String password,
            List<Role> roles,
            String person,
            String client) {
        User {
            roles = orNone(roles);
        }
    }

    /** A line of {@code clients.yaml}. */
    record Client(String name, String contact, String address, String email, String currency, List<Matter> matters) {
        Client {
            matters = orNone(matters);
        }
    }

    /** What the firm does for a client. */
    record Matter(String reference, String name) {}

    /**
     * A line of {@code codes.csv}.
     *
     * @param line of the file
     * @param client empty for the house
     * @param matter its reference, or empty
     * @param retired first day, in the firm's zone, on which it is not valid any more; empty for none
     */
    record Code(int line, String code, String label, String client, String matter, String retired) {}

    /** An agreement of {@code agreements.yaml}; its versions in the order they were offered. */
    record Agreement(String number, String client, String matter, List<Version> versions) {
        Agreement {
            versions = orNone(versions);
        }
    }

    /** What was offered and, unless it still waits, accepted. */
    record Version(
            TermsDraft terms,
            LocalDate validFrom,
            LocalDate validTo,
            String note,
            Map<String, BigDecimal> rates,
            List<RateRule> rules,
            List<LocalDate> holidays,
            Accepted accepted) {
        Version {
            rates = rates == null ? Map.of() : rates;
            rules = orNone(rules);
            holidays = orNone(holidays);
        }
    }

    /** How it was accepted; the time is the firm's. */
    record Accepted(LocalDateTime at, String by, Acceptance.How how, String reason) {}

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
