package org.rebill.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rebill.export.Kind;
import org.rebill.export.Shown;

/** Draws a report for paper, as SVG: the same rows as the table beneath it. */
final class ChartDrawing {
    private static final int WIDTH = 770;
    private static final int HEIGHT = 230;
    private static final int LEFT = 150;
    private static final int RIGHT = 690;
    private static final int FOOT = 200;
    /** More bars could not be told apart. */
    private static final int MOST_BARS = 12;

    private static final List<String> COLOURS = List.of("#3350c9", "#7b8ee0", "#c77a1c");

    private final Report report;
    private final Shown shown;
    private final int[] drawn;
    private final StringBuilder svg = new StringBuilder();

    private ChartDrawing(Report report) {
        this.report = report;
        this.shown = new Shown(report.sheet().locale());
        this.drawn = report.preset().drawn().stream().mapToInt(report::at).toArray();
    }

    /** The drawing; null when there is nothing to draw. */
    static byte[] of(Report report) {
        return report.rows().isEmpty() ? null : new ChartDrawing(report).draw();
    }

    private byte[] draw() {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" font-family=\"Inter Tabular\" font-size=\"9\">");
        switch (report.preset().chart()) {
            case BARS, STACKED_BARS -> bars();
            case COLUMNS, STACKED_COLUMNS -> columns();
            case LINES -> lines();
            case HEAT -> heat();
        }
        if (drawn.length > 1) {
            legend();
        }
        return svg.append("</svg>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private BigDecimal value(List<Object> row, int column) {
        Object value = row.get(column);
        return value instanceof BigDecimal decimal
                ? decimal.max(BigDecimal.ZERO)
                : BigDecimal.valueOf(value == null ? 0 : ((Number) value).longValue());
    }

    private BigDecimal most(List<List<Object>> rows, boolean stacked) {
        BigDecimal most = BigDecimal.ONE;
        for (List<Object> row : rows) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int column : drawn) {
                BigDecimal value = value(row, column);
                sum = stacked ? sum.add(value) : sum.max(value);
            }
            most = most.max(sum);
        }
        return most;
    }

    private static int scaled(BigDecimal value, BigDecimal most, int length) {
        return value.multiply(BigDecimal.valueOf(length))
                .divide(most, 0, RoundingMode.HALF_UP)
                .intValueExact();
    }

    private void bars() {
        List<List<Object>> rows =
                report.rows().subList(0, Math.min(MOST_BARS, report.rows().size()));
        BigDecimal most = most(rows, true);
        int step = Math.min(24, (FOOT - 4) / rows.size());
        int y = 2;
        for (List<Object> row : rows) {
            text(LEFT - 6, y + step / 2 + 3, "end", label(row.get(0)));
            int x = LEFT;
            for (int i = 0; i < drawn.length; i++) {
                int width = scaled(value(row, drawn[i]), most, RIGHT - LEFT);
                rect(x, y + 2, width, step - 4, COLOURS.get(i));
                x += width;
            }
            if (drawn.length == 1) {
                text(x + 5, y + step / 2 + 3, "start", words(row, drawn[0]));
            }
            y += step;
        }
    }

    private static String label(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 28 ? text : text.substring(0, 27) + "…";
    }

    private String words(List<Object> row, int column) {
        return shown.of(report.sheet().columns().get(column).kind(), row.get(column));
    }

    private void columns() {
        List<List<Object>> rows = report.rows();
        BigDecimal most = most(rows, true);
        axis(most);
        int count = rows.size();
        for (int n = 0; n < count; n++) {
            int from = 60 + (WIDTH - 80) * n / count;
            int to = 60 + (WIDTH - 80) * (n + 1) / count;
            int y = FOOT;
            for (int i = 0; i < drawn.length; i++) {
                int height = scaled(value(rows.get(n), drawn[i]), most, FOOT - 20);
                y -= height;
                rect(from + 1, y, Math.max(1, Math.min(40, to - from - 2)), height, COLOURS.get(i));
            }
            foot(n, count, from, rows.get(n));
        }
    }

    private void foot(int n, int count, int x, List<Object> row) {
        // As many as there is room for.
        if (n % (count / 14 + 1) == 0) {
            text(x, FOOT + 12, "start", shown.of(report.sheet().columns().get(0).kind(), row.get(0)));
        }
    }

    private void axis(BigDecimal most) {
        Kind kind = report.sheet().columns().get(drawn[0]).kind();
        Object top = kind == Kind.SECONDS || kind == Kind.COUNT ? (Object) most.longValue() : most;
        text(54, 24, "end", shown.of(kind, top));
        svg.append("<line x1=\"58\" x2=\"")
                .append(WIDTH)
                .append("\" y1=\"20\" y2=\"20\" stroke=\"#e3e6ec\"/><line x1=\"58\" x2=\"")
                .append(WIDTH)
                .append("\" y1=\"")
                .append(FOOT)
                .append("\" y2=\"")
                .append(FOOT)
                .append("\" stroke=\"#9aa1ad\"/>");
    }

    private void lines() {
        List<List<Object>> rows = report.rows();
        BigDecimal most = most(rows, false);
        axis(most);
        for (int i = 0; i < drawn.length; i++) {
            StringBuilder points = new StringBuilder();
            for (int n = 0; n < rows.size(); n++) {
                int x = 70 + (WIDTH - 100) * n / Math.max(1, rows.size() - 1);
                points.append(x)
                        .append(',')
                        .append(FOOT - scaled(value(rows.get(n), drawn[i]), most, FOOT - 20))
                        .append(' ');
                if (i == 0) {
                    foot(n, rows.size(), x - 14, rows.get(n));
                }
            }
            svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                    .append(COLOURS.get(i))
                    .append("\" points=\"")
                    .append(points.toString().strip())
                    .append("\"/>");
        }
    }

    private void heat() {
        int talk = drawn[0];
        BigDecimal most = most(report.rows(), false);
        List<String> days = List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
        IntStream.range(0, days.size()).forEach(day -> text(LEFT - 60, 24 + day * 25 + 14, "end", days.get(day)));
        IntStream.range(0, 24).forEach(hour -> text(LEFT - 50 + hour * 27 + 13, 14, "middle", String.valueOf(hour)));
        for (List<Object> row : report.rows()) {
            int day = days.indexOf(row.get(0));
            int hour = ((Number) row.get(1)).intValue();
            int strength = 8 + scaled(value(row, talk), most, 92);
            svg.append("<rect x=\"")
                    .append(LEFT - 50 + hour * 27)
                    .append("\" y=\"")
                    .append(20 + day * 25)
                    .append("\" width=\"26\" height=\"24\" fill=\"#3350c9\" fill-opacity=\"")
                    .append(BigDecimal.valueOf(strength, 2).toPlainString())
                    .append("\"/>");
        }
    }

    private void legend() {
        int x = 60;
        for (int i = 0; i < drawn.length; i++) {
            String head = report.sheet().columns().get(drawn[i]).head();
            rect(x, HEIGHT - 10, 8, 8, COLOURS.get(i));
            text(x + 12, HEIGHT - 2, "start", head);
            x += 40 + head.length() * 6;
        }
    }

    private void rect(int x, int y, int width, int height, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                x,
                y,
                width,
                height,
                colour));
    }

    private void text(int x, int y, String anchor, String words) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\" fill=\"#3c4250\">")
                .append(Shown.escaped(words))
                .append("</text>");
    }
}
