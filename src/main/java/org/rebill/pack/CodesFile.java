package org.rebill.pack;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The account codes of a pack: CSV with a header, where a code's zeros survive every spreadsheet's text column. */
final class CodesFile {
    private static final List<String> COLUMNS = List.of("code", "label", "client", "matter", "retired");

    private final String name;
    private final List<Pack.Code> codes;

    private CodesFile(String name, List<Pack.Code> codes) {
        this.name = name;
        this.codes = codes;
    }

    /** Reads a file; a pack without one has no codes. */
    static CodesFile read(String name, Path file) {
        if (!Files.exists(file)) {
            return new CodesFile(name, List.of());
        }
        List<Pack.Code> codes = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : lines) {
                if (!line.getHeader().equals(COLUMNS)) {
                    throw new BadPack(
                            new PackProblem(name, 1, "", "The first line must be " + String.join(",", COLUMNS) + "."));
                }
                if (line.getFieldCount() != COLUMNS.size()) {
                    throw new BadPack(new PackProblem(
                            name,
                            (int) line.getStartingLineNumber(),
                            "",
                            "A line has " + COLUMNS.size() + " fields; this one has " + line.getFieldCount() + "."));
                }
                codes.add(new Pack.Code(
                        (int) line.getStartingLineNumber(),
                        line.getField("code"),
                        line.getField("label"),
                        line.getField("client"),
                        line.getField("matter"),
                        line.getField("retired")));
            }
        } catch (CsvParseException e) {
            throw new BadPack(new PackProblem(name, 0, "", "This is not CSV: " + e.getMessage() + "."));
        } catch (IOException | UncheckedIOException e) {
            throw new BadPack(new PackProblem(name, 0, "", "The file can't be read as text in UTF-8: " + e + "."));
        }
        return new CodesFile(name, codes);
    }

    List<Pack.Code> codes() {
        return List.copyOf(codes);
    }

    PackProblem problem(Pack.Code code, String column, String text) {
        return new PackProblem(name, code.line(), column, text);
    }
}
