package org.rebill.export;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds rows up while they pass: counts and times over all, money by currency. */
public final class Totals {
    private final Sheet sheet;
    private final int currencyAt;
    private final BigDecimal[] sums;
    private final Map<String, BigDecimal[]> money = new TreeMap<>();
    private long rows;

    Totals(Sheet sheet) {
        this.sheet = sheet;
        this.currencyAt = sheet.currencyAt();
        this.sums = zeros();
    }

    /** The lines of totals of these rows; none where no column is summed. */
    public static List<List<Object>> of(Sheet sheet, List<List<Object>> rows) {
        Totals totals = new Totals(sheet);
        rows.forEach(totals::add);
        return sheet.hasTotals() ? totals.lines("Total") : List.of();
    }

    private BigDecimal[] zeros() {
        BigDecimal[] zeros = new BigDecimal[sheet.columns().size()];
        java.util.Arrays.fill(zeros, BigDecimal.ZERO);
        return zeros;
    }

    void add(List<Object> row) {
        rows++;
        for (int i = 0; i < row.size(); i++) {
            Column column = sheet.columns().get(i);
            if (column.summed() && row.get(i) != null) {
                BigDecimal value = number(row.get(i));
                if (column.kind() == Kind.MONEY) {
                    BigDecimal[] sum = money.computeIfAbsent(currency(row), currency -> zeros());
                    sum[i] = sum[i].add(value);
                } else {
                    sums[i] = sums[i].add(value);
                }
            }
        }
    }

    private String currency(List<Object> row) {
        Object own = currencyAt < 0 ? sheet.currency() : row.get(currencyAt);
        return own == null ? "" : own.toString();
    }

    static BigDecimal number(Object value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) value).longValue());
    }

    /** How many rows there were. */
    long rows() {
        return rows;
    }

    /**
     * The lines of totals: one for each currency; the first one also holds what has none.
     *
     * @param word before it, such as "Total"; with the currency where there are several
     */
    List<List<Object>> lines(String word) {
        List<List<Object>> lines = new ArrayList<>();
        List<String> currencies = new ArrayList<>(money.keySet());
        for (int line = 0; line < Math.max(1, currencies.size()); line++) {
            String currency = currencies.isEmpty() ? null : currencies.get(line);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < sheet.columns().size(); i++) {
                values.add(value(i, line, currency));
            }
            if (values.get(0) == null) {
                values.set(0, currencies.size() > 1 ? word + " " + currency : word);
            }
            if (currencyAt > 0 && currency != null) {
                values.set(currencyAt, currency);
            }
            lines.add(values);
        }
        return lines;
    }

    private Object value(int column, int line, String currency) {
        Column about = sheet.columns().get(column);
        if (!about.summed()) {
            return null;
        }
        if (about.kind() == Kind.MONEY) {
            return currency == null ? null : money.get(currency)[column];
        }
        if (line > 0) {
            return null;
        }
        return about.kind() == Kind.COUNT || about.kind() == Kind.SECONDS
                ? (Object) sums[column].longValueExact()
                : sums[column];
    }
}
