package org.rebill.intake.format;

import java.util.List;

/**
 * A setting of the phone system that its records do not tell, such as the order of their columns. Kept with the source.
 *
 * @param name stable, such as {@code columns}
 * @param label for people
 * @param help what to look up on the phone system, and where
 * @param choices allowed values; empty when free text
 * @param standard taken when nothing is given
 */
public record FormatOption(String name, String label, String help, List<String> choices, String standard) {
    public FormatOption {
        choices = List.copyOf(choices);
    }
}
