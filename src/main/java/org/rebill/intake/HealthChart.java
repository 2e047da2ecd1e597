package org.rebill.intake;

import java.util.ArrayList;
import java.util.List;

/**
 * Bars of hours as they are drawn, in whole units of a drawing 100 high: records as a bar, what is usual as a line over
 * it.
 */
public record HealthChart(List<Bar> bars, int width) {
    private static final int HEIGHT = 100;

    /**
     * An hour.
     *
     * @param x left edge
     * @param top of the bar, counted from above
     * @param height of the bar
     * @param usual where the line is, counted from above
     */
    public record Bar(int x, int width, int top, int height, int usual, Health.Hour hour) {}

    public HealthChart {
        bars = List.copyOf(bars);
    }

    /**
     * The last hours.
     *
     * @param last how many
     * @param wide of one, with the gap behind it
     */
    static HealthChart of(Health health, int last, int wide) {
        List<Health.Hour> hours = health.hours()
                .subList(health.hours().size() - last, health.hours().size());
        long most = hours.stream()
                .mapToLong(hour -> Math.max(hour.records(), hour.usual()))
                .max()
                .orElse(0);
        List<Bar> bars = new ArrayList<>(last);
        for (int i = 0; i < last; i++) {
            Health.Hour hour = hours.get(i);
            int height = scaled(hour.records(), most);
            bars.add(new Bar(
                    i * wide,
                    Math.max(1, wide - 1),
                    HEIGHT - height,
                    height,
                    HEIGHT - scaled(hour.usual(), most),
                    hour));
        }
        return new HealthChart(bars, last * wide);
    }

    /** At least one unit for one record. */
    private static int scaled(long records, long most) {
        return records == 0 ? 0 : (int) Math.max(1, records * HEIGHT / most);
    }
}
