package org.rebill.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The part of the page of codes that shows what was dialled and is nobody's. */
@Named
@RequestScoped
public class UnknownCodesPage {
    private final UnknownCodes codes;
    private List<UnknownCodes.Dialled> rows;

    @Inject
    UnknownCodesPage(UnknownCodes codes) {
        this.codes = codes;
    }

    /** Those with most talk first. */
    public List<UnknownCodes.Dialled> rows() {
        if (rows == null) {
            rows = codes.list();
        }
        return rows;
    }

    /** Codes near one, to read. */
    public String near(UnknownCodes.Dialled row) {
        return String.join(", ", row.near());
    }
}
