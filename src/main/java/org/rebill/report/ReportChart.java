package org.rebill.report;

import java.util.ArrayList;
import java.util.List;
import org.rebill.export.Column;
import org.rebill.export.Kind;
import org.rebill.export.Shown;
import org.rebill.platform.Json;

/**
 * A report for the page's chart: the table's own values, and their words.
 *
 * @param chart how it is drawn
 * @param labels of the rows
 * @param links of the rows to their calls; empty where there are none
 */
record ReportChart(String chart, List<String> labels, List<Series> series, List<String> links) {
    /** More lying bars would be too thin; the table has them all. */
    private static final int MOST_BARS = 20;

    /**
     * Drawn in one colour.
     *
     * @param kind SECONDS or MONEY
     * @param values as numbers
     * @param words the same for people
     */
    record Series(String name, String kind, List<Object> values, List<String> words) {}

    static ReportChart of(Report report) {
        Preset.Chart chart = report.preset().chart();
        boolean lying = chart == Preset.Chart.BARS || chart == Preset.Chart.STACKED_BARS;
        int rows = lying
                ? Math.min(MOST_BARS, report.rows().size())
                : report.rows().size();
        Shown shown = new Shown(report.sheet().locale());
        List<String> labels = new ArrayList<>();
        for (List<Object> row : report.rows().subList(0, rows)) {
            String first = shown.of(report.sheet().columns().get(0).kind(), row.get(0));
            labels.add(chart == Preset.Chart.HEAT ? first + "|" + row.get(1) : first);
        }
        List<Series> series = new ArrayList<>();
        for (String key : report.preset().drawn()) {
            int at = report.at(key);
            Column column = report.sheet().columns().get(at);
            List<Object> values = new ArrayList<>();
            List<String> words = new ArrayList<>();
            for (List<Object> row : report.rows().subList(0, rows)) {
                values.add(row.get(at));
                String word = shown.of(column.kind(), row.get(at));
                words.add(
                        column.kind() == Kind.MONEY
                                ? word + " " + report.sheet().currency()
                                : word);
            }
            series.add(new Series(column.head(), column.kind().name(), values, words));
        }
        return new ReportChart(
                chart.name(),
                labels,
                series,
                report.links().isEmpty() ? List.of() : report.links().subList(0, rows));
    }

    String json() {
        return Json.write(this);
    }
}
