package org.rebill.firm;

/**
 * A firm as it is told of by REST.
 *
 * @param slug the firm's address; this, trade, country, zone, currency and number prefix stay as founded
 * @param address lines separated by line feeds
 * @param taxId as it is printed
 * @param payment how to pay; lines separated by line feeds
 * @param logo absent where there is none
 * @param version as in the ETag; profile and logo have it in common
 */
public record ProfileDocument(
        String slug,
        Trade trade,
        String country,
        String zone,
        String currency,
        String statementPrefix,
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
        int paymentDays,
        TransferBilling transferBilling,
        FirmSettings.LogoFacts logo,
        int version) {
    static ProfileDocument of(Firm firm) {
        FirmProfile profile = firm.profile();
        return new ProfileDocument(
                profile.slug(),
                profile.trade(),
                profile.country(),
                profile.zone(),
                profile.currency(),
                profile.statementPrefix(),
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
                profile.transferBilling(),
                FirmSettings.LogoFacts.of(firm.logo()),
                firm.version());
    }
}
