package org.rebill.statement;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;

/**
 * Reads a bank's list of bookings: CSV with a head that names day, amount and text, separated by comma, semicolon or
 * tab, as banks of several countries write them. Pure.
 */
final class BankFile {
    private static final int LONGEST_HEAD = 20;
    private static final int MOST_LINES = 10_000;
    private static final Set<String> DAY = Set.of(
            "date",
            "day",
            "booking date",
            "posting date",
            "transaction date",
            "value date",
            "datum",
            "buchungstag",
            "buchungsdatum",
            "valuta",
            "wertstellung",
            "fecha",
            "fecha valor",
            "fecha operación");
    private static final Set<String> AMOUNT = Set.of(
            "amount",
            "credit",
            "paid in",
            "money in",
            "credit amount",
            "betrag",
            "umsatz",
            "importe",
            "haben",
            "abono");
    private static final Set<String> TEXT = Set.of(
            "description",
            "text",
            "reference",
            "details",
            "memo",
            "payee",
            "payer",
            "name",
            "narrative",
            "payment reference",
            "verwendungszweck",
            "buchungstext",
            "auftraggeber/empfänger",
            "name zahlungsbeteiligter",
            "concepto",
            "beneficiario/ordenante",
            "ordenante",
            "observaciones");
    private static final Set<String> CURRENCY = Set.of("currency", "ccy", "währung", "waehrung", "divisa", "moneda");
    private static final Pattern GERMAN_DAY = Pattern.compile("\\d{1,2}\\.\\d{1,2}\\.\\d{4}");
    private static final Pattern SHORT_GERMAN_DAY = Pattern.compile("\\d{1,2}\\.\\d{1,2}\\.\\d{2}");
    private static final Pattern SLASHED_DAY = Pattern.compile("\\d{1,2}/\\d{1,2}/\\d{4}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,12}(\\.\\d{1,4})?");

    private final boolean monthFirst;

    /**
     * @param locale of the firm: whether 3/4/2026 is in March or April
     */
    BankFile(Locale locale) {
        monthFirst = locale.getCountry().equals("US");
    }

    /**
     * A line of the file.
     *
     * @param no in the file, from 1
     * @param currency null where the file has none
     * @param problem why it can't be read; null for a good one
     * @param key the same for the same booking in any file
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Booking(
            long no, LocalDate day, BigDecimal amount, String currency, String text, String problem, byte[] key) {}

    /** Where which column is; the texts are read one after the other. */
    private record Columns(int day, int amount, int currency, List<Integer> texts) {}

    /**
     * All bookings.
     *
     * @throws Refusal.Invalid when no head can be found
     */
    List<Booking> read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        String content = text.startsWith("\ufeff") ? text.substring(1) : text;
        for (char separator : new char[] {',', ';', '\t'}) {
            List<CsvRecord> lines = lines(content, separator);
            for (int head = 0; head < Math.min(lines.size(), LONGEST_HEAD); head++) {
                Columns columns = columns(lines.get(head));
                if (columns != null) {
                    return bookings(lines.subList(head + 1, lines.size()), columns);
                }
            }
        }
        throw new Refusal.Invalid(
                "file",
                "bank.head",
                "No line of this file names a column for the day and one for the amount, such as: "
                        + "Date,Amount,Description. Export the account's bookings as CSV with its column names.");
    }

    private static List<CsvRecord> lines(String content, char separator) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .ofCsvRecord(content)) {
            List<CsvRecord> lines = new ArrayList<>();
            for (CsvRecord line : reader) {
                lines.add(line);
                if (lines.size() > MOST_LINES) {
                    throw new Refusal.TooLarge(
                            "file", "bank.lines", "A bank's file has at most " + MOST_LINES + " lines: split it.");
                }
            }
            return lines;
        } catch (CsvParseException e) {
            return List.of();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Columns columns(CsvRecord head) {
        List<String> names = head.getFields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        int day = first(names, DAY);
        int amount = first(names, AMOUNT);
        if (day < 0 || amount < 0) {
            return null;
        }
        List<Integer> texts = IntStream.range(0, names.size())
                .filter(i -> TEXT.contains(names.get(i)))
                .boxed()
                .toList();
        return new Columns(day, amount, first(names, CURRENCY), texts);
    }

    private static int first(List<String> names, Set<String> wanted) {
        return IntStream.range(0, names.size())
                .filter(i -> wanted.contains(names.get(i)))
                .findFirst()
                .orElse(-1);
    }

    private List<Booking> bookings(List<CsvRecord> lines, Columns columns) {
        List<Booking> bookings = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (CsvRecord line : lines) {
            bookings.add(booking(line, columns, seen));
        }
        return bookings;
    }

    private Booking booking(CsvRecord line, Columns columns, Map<String, Integer> seen) {
        String text = columns.texts().stream()
                .map(column -> field(line, column))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        LocalDate day = day(field(line, columns.day()));
        BigDecimal amount = amount(field(line, columns.amount()));
        String currency =
                columns.currency() < 0 ? null : field(line, columns.currency()).toUpperCase(Locale.ROOT);
        String problem = null;
        if (day == null) {
            problem = "'" + field(line, columns.day()) + "' is no day.";
        } else if (amount == null) {
            problem = "'" + field(line, columns.amount()) + "' is no amount.";
        }
        // The same booking twice in a file is two bookings; the same file again brings the same two.
        String content = day + "|"
                + (amount == null ? "" : amount.stripTrailingZeros().toPlainString()) + "|" + currency + "|" + text;
        int occurrence = seen.merge(content, 1, Integer::sum);
        return new Booking(
                line.getStartingLineNumber(),
                day,
                amount,
                currency == null || currency.isEmpty() ? null : currency,
                text,
                problem,
                Sha256.of(content + "|" + occurrence));
    }

    private static String field(CsvRecord line, int column) {
        return column < line.getFieldCount() ? line.getField(column).strip() : "";
    }

    private LocalDate day(String text) {
        try {
            if (GERMAN_DAY.matcher(text).matches()) {
                return LocalDate.parse(text, DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT));
            }
            if (SHORT_GERMAN_DAY.matcher(text).matches()) {
                return LocalDate.parse(text, DateTimeFormatter.ofPattern("d.M.uu", Locale.ROOT));
            }
            if (SLASHED_DAY.matcher(text).matches()) {
                return LocalDate.parse(
                        text, DateTimeFormatter.ofPattern(monthFirst ? "M/d/uuuu" : "d/M/uuuu", Locale.ROOT));
            }
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The last of comma and point is the decimal mark where both are there, or where it has one or two digits after it. */
    private static BigDecimal amount(String text) {
        String plain = text.replaceAll("[\\s'\u00a0\u202f]", "")
                .replace('\u2212', '-')
                .replaceAll("^[^0-9+,.-]+|[^0-9]+$", "");
        int mark = Math.max(plain.lastIndexOf(','), plain.lastIndexOf('.'));
        if (mark >= 0) {
            boolean both = plain.indexOf(',') >= 0 && plain.indexOf('.') >= 0;
            boolean decimals = both || plain.length() - mark - 1 <= 2;
            String whole = plain.substring(0, mark).replaceAll("[.,]", "");
            String rest = plain.substring(mark + 1);
            plain = decimals ? whole + "." + rest : whole + rest;
        }
        return NUMBER.matcher(plain).matches() ? new BigDecimal(plain) : null;
    }
}
