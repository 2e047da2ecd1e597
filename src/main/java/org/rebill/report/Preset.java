package org.rebill.report;

import java.util.List;
import java.util.Locale;
import org.rebill.platform.Refusal;

/** The reports that are there. */
public enum Preset {
    /** Time by client. */
    CLIENTS(Chart.BARS, "talkSeconds"),
    /** As a telephone technician knows it: code, calls, in and out, time, average, longest. */
    CODES(Chart.BARS, "talkSeconds"),
    /** Time by person. */
    PEOPLE(Chart.BARS, "talkSeconds"),
    /** Time by day. */
    DAYS(Chart.COLUMNS, "talkSeconds"),
    /** Time by hour and weekday. */
    HOURS(Chart.HEAT, "talkSeconds"),
    /** In against out. */
    DIRECTIONS(Chart.BARS, "talkSeconds"),
    /** Coded against uncoded. */
    CODED(Chart.BARS, "talkSeconds"),
    /** Billed, unbilled and lost in money, by month. */
    MONEY(Chart.STACKED_COLUMNS, "billed", "unbilled", "lost"),
    /** The numbers that were talked with longest. */
    NUMBERS(Chart.BARS, "talkSeconds"),
    /** Twelve months beside those a year earlier. */
    TREND(Chart.LINES, "talkSeconds", "yearBefore"),
    /** What of each person's priced time is on issued statements. */
    REALISATION(Chart.STACKED_BARS, "billed", "open"),
    /** What of each client's talk time an agreement covers. */
    AGREEMENTS(Chart.STACKED_BARS, "coveredSeconds", "uncoveredSeconds");

    /** How it is drawn. */
    public enum Chart {
        /** Lying, one for each row. */
        BARS,
        STACKED_BARS,
        /** Standing, in the order of time. */
        COLUMNS,
        STACKED_COLUMNS,
        LINES,
        /** Hours across, weekdays down. */
        HEAT
    }

    private final Chart chart;
    /** Separated by commas: an enum holds nothing that could change. */
    private final String values;

    Preset(Chart chart, String... values) {
        this.chart = chart;
        this.values = String.join(",", values);
    }

    /**
     * As an address names it.
     *
     * @throws Refusal.NotFound when there is none of that name
     */
    public static Preset of(String name) {
        for (Preset preset : values()) {
            if (preset.name().equalsIgnoreCase(name)) {
                return preset;
            }
        }
        throw new Refusal.NotFound("report");
    }

    public Chart chart() {
        return chart;
    }

    /** Keys of the columns that are drawn. */
    List<String> drawn() {
        return List.of(values.split(",", -1));
    }

    /** Stable, for addresses and files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
