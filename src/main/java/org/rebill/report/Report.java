package org.rebill.report;

import java.util.List;
import org.rebill.export.Sheet;

/**
 * What came out: one table that the chart, the page, the paper and the files all show.
 *
 * @param rows a value for each column of the sheet
 * @param links of each row to the calls that it counts; empty where there is no such list
 */
public record Report(Preset preset, Sheet sheet, List<List<Object>> rows, List<String> links) {
    public Report {
        rows = List.copyOf(rows);
        links = List.copyOf(links);
    }

    /** Position of a column. */
    int at(String key) {
        for (int i = 0; i < sheet.columns().size(); i++) {
            if (sheet.columns().get(i).key().equals(key)) {
                return i;
            }
        }
        throw new IllegalArgumentException("No column " + key);
    }
}
