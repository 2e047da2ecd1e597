package org.rebill.report;

import java.util.Locale;
import java.util.ResourceBundle;

/** Words of the reports, for paper and files too. */
final class ReportTexts {
    private ReportTexts() {}

    private static String get(String key) {
        return ResourceBundle.getBundle("org.rebill.report.messages", Locale.ROOT, ReportTexts.class.getClassLoader())
                .getString(key);
    }

    static String title(Preset preset) {
        return get("report.title." + preset.name());
    }

    /** Where talk stands by its code: CLIENT, HOUSE, or the reason why it is nobody's. */
    static String standing(String name) {
        return get("report.standing." + name);
    }
}
