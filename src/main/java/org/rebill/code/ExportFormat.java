package org.rebill.code;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** How a phone system takes a list of codes. The sources of the layouts stand with them. */
public enum ExportFormat {
    /** Code, label, client, matter, group under a header line. */
    GENERIC("codes.csv", "text/csv") {
        @Override
        String write(List<Entry> entries) {
            return csv(entries, List.of("code", "label", "client", "matter", "group"), entry ->
                    new String[] {entry.code(), entry.label(), entry.client(), entry.matter(), entry.group()});
        }
    },
    /** Client matter codes for Bulk Administration: code, description of at most 50 characters (Cisco BAT guide, CMC file format). */
    CISCO_CMC("cisco-cmc.csv", "text/csv") {
        @Override
        String write(List<Entry> entries) {
            return csv(entries, List.of(), entry -> new String[] {entry.code(), cut(entry.words(), CISCO_DESCRIPTION)});
        }
    },
    /**
     * Forced authorization codes for Bulk Administration: code, name of 1 to 50 characters, level 0 to 255 (Cisco BAT
     * guide, FAC file format). The name begins with the code, so that each is another.
     */
    CISCO_FAC("cisco-fac.csv", "text/csv") {
        @Override
        String write(List<Entry> entries) {
            return csv(
                    entries, List.of(), entry -> new String[] {
                        entry.code(), cut(entry.code() + " " + entry.words(), CISCO_DESCRIPTION), CISCO_LEVEL
                    });
        }
    },
    /** A PIN set of FreePBX, or the file of Asterisk's Authenticate(): one code a line. */
    FREEPBX_PINSET("pinset.txt", "text/plain") {
        @Override
        String write(List<Entry> entries) {
            return lines(entries, Entry::code);
        }
    },
    /** Asterisk: a file for the function AST_CONFIG(rebill-codes.conf,codes,…). */
    ASTERISK_CONF("rebill-codes.conf", "text/plain") {
        @Override
        String write(List<Entry> entries) {
            return "[codes]\n" + lines(entries, entry -> entry.code() + "=" + value(entry.words()));
        }

        /** A semicolon would begin a comment. */
        private static String value(String words) {
            return words.replace("\\", "").replace(";", "\\;");
        }
    },
    /** Asterisk: commands that fill the family rebill-codes of its own database, for DB_EXISTS(rebill-codes/…). */
    ASTERISK_ASTDB("rebill-codes.sh", "text/plain") {
        @Override
        String write(List<Entry> entries) {
            return "#!/bin/sh\nasterisk -rx 'database deltree rebill-codes'\n"
                    + lines(entries, entry -> "asterisk -rx 'database put rebill-codes " + entry.code() + " 1'");
        }
    },
    /** Avaya IP Office: the account codes form's fields, to be typed or pasted; Manager itself reads none by CSV. */
    AVAYA_IP_OFFICE("avaya-account-codes.csv", "text/csv") {
        @Override
        String write(List<Entry> entries) {
            return csv(entries, List.of("Account Code", "Caller ID"), entry -> new String[] {entry.code(), ""});
        }
    };

    private static final int CISCO_DESCRIPTION = 50;
    private static final String CISCO_LEVEL = "10";

    /**
     * A code of a list.
     *
     * @param label empty for none; so are client (of the house) and the others
     */
    record Entry(String code, String label, String client, String matter, String group) {
        /** For people: the label, else whose it is. */
        String words() {
            if (!label.isEmpty()) {
                return label;
            }
            String whose = matter.isEmpty() ? client : client + " " + matter;
            return client.isEmpty() ? "House" : whose;
        }
    }

    /** The fields of a line. */
    @FunctionalInterface
    private interface Fields {
        String[] of(Entry entry);
    }

    /** A line. */
    @FunctionalInterface
    private interface Line {
        String of(Entry entry);
    }

    private final String file;
    private final String type;

    ExportFormat(String file, String type) {
        this.file = file;
        this.type = type;
    }

    /** The file's name. */
    public String file() {
        return file;
    }

    /** Media type, without its charset: all are UTF-8. */
    public String type() {
        return type;
    }

    abstract String write(List<Entry> entries);

    private static String csv(List<Entry> entries, List<String> header, Fields fields) {
        StringWriter out = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(out)) {
            if (!header.isEmpty()) {
                csv.writeRecord(header);
            }
            entries.forEach(entry -> csv.writeRecord(fields.of(entry)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static String lines(List<Entry> entries, Line line) {
        StringBuilder out = new StringBuilder();
        entries.forEach(entry -> out.append(line.of(entry)).append('\n'));
        return out.toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most).stripTrailing();
    }
}
