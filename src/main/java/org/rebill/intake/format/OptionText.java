package org.rebill.intake.format;

import java.util.LinkedHashSet;
import java.util.Set;

/** Takes what was typed for an option apart. */
final class OptionText {
    private OptionText() {}

    /** Values separated by commas, semicolons or line ends, in their order; none when empty. */
    static Set<String> list(String text) {
        Set<String> values = new LinkedHashSet<>();
        for (String value : text.split("[,;\\n\\r]", -1)) {
            if (!value.isBlank()) {
                values.add(value.strip());
            }
        }
        return values;
    }
}
