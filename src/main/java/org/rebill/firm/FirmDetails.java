package org.rebill.firm;

/**
 * What an owner may say anew of the firm; the rest of its profile stays as it was founded. Drafts and later statements
 * carry it; what was issued keeps what was printed.
 *
 * @param name at most 200 characters
 * @param tagline printed under the name; at most 100 characters, or null
 * @param address at most 6 lines of 100 characters, separated by line feeds
 * @param phone or null
 * @param email or null
 * @param taxId as it is printed, such as "Tax ID 74-3021456"; at most 100 characters, or null
 * @param payment how to pay, printed beside the amount due; at most 4 lines of 100 characters, or null
 * @param brandColour {@code #rrggbb}
 * @param locale BCP 47 with a country: language of statements, formats of numbers, money and dates
 * @param paper {@code A4} or {@code LETTER}
 * @param paymentDays days from issue to due, 0 to 365
 * @param transferBilling whose talk a call is billed as that was passed on, from the next records on; null leaves it as
 *     it is
 */
public record FirmDetails(
        String name,
        String tagline,
        String address,
        String phone,
        String email,
        String taxId,
        String payment,
        String brandColour,
        String locale,
        String paper,
        Integer paymentDays,
        TransferBilling transferBilling) {
    static FirmDetails of(FirmProfile profile) {
        return new FirmDetails(
                profile.name(),
                profile.tagline(),
                profile.address(),
                profile.phone(),
                profile.email(),
                profile.taxId(),
                profile.payment(),
                profile.brandColour(),
                profile.locale(),
                profile.paper(),
                profile.paymentDays(),
                profile.transferBilling());
    }

    /** The profile with these in their places. */
    FirmProfile in(FirmProfile profile) {
        return new FirmProfile(
                profile.slug(),
                name,
                tagline,
                profile.trade(),
                profile.country(),
                profile.zone(),
                profile.currency(),
                locale,
                paper,
                address,
                phone,
                email,
                taxId,
                payment,
                brandColour,
                // Out of range: refused where the range is told.
                paymentDays == null ? -1 : paymentDays,
                profile.statementPrefix(),
                transferBilling == null ? profile.transferBilling() : transferBilling);
    }
}
