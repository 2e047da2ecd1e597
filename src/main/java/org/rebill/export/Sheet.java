package org.rebill.export;

import java.util.List;
import java.util.Locale;

/**
 * What a table is, without its rows.
 *
 * @param name of the file, without ending
 * @param notes under the title: period, filters, the zone of days and times
 * @param locale in which people's formats (HTML, DOCX, PDF) write numbers
 * @param currencyKey key of the column with the row's currency; null where all money is in {@code currency}
 * @param currency ISO 4217; null where a column tells it
 */
public record Sheet(
        String name,
        String title,
        List<String> notes,
        Locale locale,
        List<Column> columns,
        String currencyKey,
        String currency) {
    public Sheet {
        notes = List.copyOf(notes);
        columns = List.copyOf(columns);
    }

    /** Position of the column with the currency, or -1. */
    int currencyAt() {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).key().equals(currencyKey)) {
                return i;
            }
        }
        return -1;
    }

    boolean hasTotals() {
        return columns.stream().anyMatch(Column::summed);
    }
}
