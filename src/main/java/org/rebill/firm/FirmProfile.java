package org.rebill.firm;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;

/**
 * What a firm says of itself.
 *
 * @param slug the firm's address and the alias of its Keycloak organization
 * @param tagline printed under the name, or null
 * @param country ISO 3166 alpha-2
 * @param zone days and periods are this zone's (IANA name)
 * @param currency ISO 4217
 * @param locale BCP 47; formats of numbers, money and dates
 * @param paper {@code A4} or {@code LETTER}
 * @param address lines separated by line feeds
 * @param taxId as it is printed, with its own words, such as "Tax ID 74-3021456"; or null
 * @param payment how to pay, printed beside the amount due; lines separated by line feeds, or null
 * @param brandColour {@code #rrggbb}
 * @param paymentDays days from issue to due
 * @param statementPrefix first part of statement numbers
 * @param transferBilling whose talk a call is billed as that was passed on
 */
@Embeddable
public record FirmProfile(
        String slug,
        String name,
        String tagline,
        @Enumerated(EnumType.STRING) Trade trade,
        String country,
        String zone,
        String currency,
        String locale,
        String paper,
        String address,
        String phone,
        String email,
        @Column(name = "tax_id") String taxId,
        String payment,
        @Column(name = "brand_colour") String brandColour,
        @Column(name = "payment_days") int paymentDays,
        @Column(name = "statement_prefix") String statementPrefix,

        @Enumerated(EnumType.STRING) @Column(name = "transfer_billing")
        TransferBilling transferBilling) {

    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    public Locale javaLocale() {
        return Locale.forLanguageTag(locale);
    }

    public Currency javaCurrency() {
        return Currency.getInstance(currency);
    }
}
