package org.rebill.agreement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.rating.Terms;

/** Says of a version of an agreement, in a sentence each, when it holds, where it stands and how time is counted. */
@Named
@RequestScoped
public class AgreementWords {
    private final Formats formats;
    private final Texts texts;

    @Inject
    AgreementWords(Formats formats, Texts texts) {
        this.formats = formats;
        this.texts = texts;
    }

    /** "From September 1, 2026, no end." */
    public String period(AgreementVersion version) {
        String from = formats.dateOf(version.validFrom());
        return version.validTo() == null
                ? texts.of("agreement.words.open", from)
                : texts.of(
                        "agreement.words.period",
                        from,
                        formats.date(AgreementBook.lastDay(version.validTo(), formats.zone())));
    }

    /** "Accepted Aug 28, 2026, 2:12 PM by Thomas Reyes in the portal, from 203.0.113.7." */
    public String standing(AgreementVersion version) {
        List<String> sentences = new ArrayList<>();
        if (version.withdrawnAt() != null) {
            sentences.add(texts.of("agreement.words.withdrawn", formats.dateTime(version.withdrawnAt())));
        } else if (version.isOpen()) {
            sentences.add(
                    texts.of("agreement.words.offered", formats.dateTime(version.offeredAt()), version.offeredBy()));
        } else {
            Acceptance acceptance = version.acceptance();
            sentences.add(texts.of(
                    "agreement.words." + acceptance.how(),
                    formats.dateTime(acceptance.at()),
                    acceptance.by(),
                    acceptance.from(),
                    version.acceptanceNotedBy(),
                    acceptance.reason()));
        }
        if (version.supersededFrom() != null) {
            sentences.add(texts.of("agreement.words.superseded", formats.dateTime(version.supersededFrom())));
        }
        return String.join(" ", sentences);
    }

    /** "6 minutes, rounded up for each call". */
    public String steps(AgreementVersion version) {
        Terms terms = version.terms();
        String step = AgreementText.duration(terms.incrementSeconds());
        if (terms.initialThen()) {
            return texts.of("agreement.words.initial", AgreementText.duration(terms.initialSeconds()), step);
        }
        return terms.incrementSeconds() == 1
                ? texts.get("agreement.words.exact")
                : texts.of(
                        "agreement.words.steps." + terms.rounding(),
                        step,
                        texts.get("agreement.words.scope." + terms.scope()));
    }

    /** "6 minutes for each answered call", or none. */
    public String minimum(AgreementVersion version) {
        int minimum = version.terms().minimumSeconds();
        return minimum == 0
                ? texts.get("agreement.words.minimum.none")
                : texts.of("agreement.words.minimum", AgreementText.duration(minimum));
    }

    /** How time is counted, in one line. */
    public String inShort(AgreementVersion version) {
        return texts.of("agreement.words.short", steps(version), minimum(version));
    }
}
