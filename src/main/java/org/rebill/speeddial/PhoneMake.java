package org.rebill.speeddial;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** How telephones take a list of speed dials: their files, how long a name and a number may be, and what a pause is. */
public enum PhoneMake {
    /** Remote phone book. */
    YEALINK("yealink-phonebook.xml", "text/xml", 99, 32, ",") {
        @Override
        String write(String title, List<Entry> entries) {
            return xml(
                    entries,
                    "<YealinkIPPhoneDirectory>",
                    "</YealinkIPPhoneDirectory>",
                    (no, entry) -> "<DirectoryEntry><Name>" + entry.name() + "</Name><Telephone>" + entry.dial()
                            + "</Telephone></DirectoryEntry>");
        }
    },
    /** Contact directory (MAC-directory.xml); the index is the key's place. */
    POLYCOM("000000000000-directory.xml", "text/xml", 40, 128, ",") {
        @Override
        String write(String title, List<Entry> entries) {
            return xml(
                    entries,
                    "<directory><item_list>",
                    "</item_list></directory>",
                    (no, entry) -> "<item><fn>" + entry.name() + "</fn><ct>" + entry.dial() + "</ct><sd>" + no
                            + "</sd></item>");
        }
    },
    /** IP phone service directory of CUCM telephones; a comma is a pause of two seconds, before codes too. */
    CISCO("cisco-directory.xml", "text/xml", 32, 32, ",") {
        @Override
        String write(String title, List<Entry> entries) {
            return xml(
                    entries,
                    "<CiscoIPPhoneDirectory><Title>" + escaped(cut(title, 32)) + "</Title>",
                    "</CiscoIPPhoneDirectory>",
                    (no, entry) -> "<DirectoryEntry><Name>" + entry.name() + "</Name><Telephone>" + entry.dial()
                            + "</Telephone></DirectoryEntry>");
        }
    },
    /** Phone book. */
    GRANDSTREAM("phonebook.xml", "text/xml", 62, 60, ",") {
        @Override
        String write(String title, List<Entry> entries) {
            return xml(
                    entries,
                    "<AddressBook><version>1</version>",
                    "</AddressBook>",
                    (no, entry) -> "<Contact><id>" + no + "</id><FirstName>" + entry.name()
                            + "</FirstName><Phone type=\"Work\"><phonenumber>" + entry.dial()
                            + "</phonenumber><accountindex>1</accountindex></Phone></Contact>");
        }
    },
    /** For mobiles and programs; a comma is a pause. */
    VCARD("speed-dials.vcf", "text/vcard", 200, 128, ",") {
        @Override
        String write(String title, List<Entry> entries) {
            StringBuilder out = new StringBuilder();
            for (Entry entry : entries) {
                String name =
                        entry.label().replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;");
                out.append("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:")
                        .append(name)
                        .append("\r\nN:")
                        .append(name)
                        .append(";;;;\r\nTEL;TYPE=WORK,VOICE:")
                        .append(entry.dialled())
                        .append("\r\nEND:VCARD\r\n");
            }
            return out.toString();
        }
    },
    /** For anything else. */
    CSV("speed-dials.csv", "text/csv", 200, 128, ",") {
        @Override
        String write(String title, List<Entry> entries) {
            StringWriter out = new StringWriter();
            try (CsvWriter csv = CsvWriter.builder().build(out)) {
                csv.writeRecord("label", "dial", "code", "number");
                entries.forEach(entry -> csv.writeRecord(entry.label(), entry.dialled(), entry.code(), entry.number()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toString();
        }
    };

    /**
     * A speed dial of a list.
     *
     * @param label cut to what the telephone shows
     * @param dialled with the telephone's own mark of a pause
     */
    record Entry(String label, String dialled, String code, String number) {
        private String name() {
            return escaped(label);
        }

        private String dial() {
            return escaped(dialled);
        }
    }

    /** Writes an entry; its place is from 1. */
    @FunctionalInterface
    private interface Line {
        String of(int no, Entry entry);
    }

    private final String file;
    private final String type;
    private final int longestName;
    private final int longestNumber;
    private final String pause;

    PhoneMake(String file, String type, int longestName, int longestNumber, String pause) {
        this.file = file;
        this.type = type;
        this.longestName = longestName;
        this.longestNumber = longestNumber;
        this.pause = pause;
    }

    /** The file's name. */
    public String file() {
        return file;
    }

    /** Media type, without its charset: all are UTF-8. */
    public String type() {
        return type;
    }

    /** Characters that may be dialled. */
    public int longestNumber() {
        return longestNumber;
    }

    abstract String write(String title, List<Entry> entries);

    /** The entry as the telephone takes it. */
    Entry entry(SpeedDial one, DialForm form) {
        String dial = form.dial(one.code(), one.number()).replace(",", pause);
        return new Entry(cut(one.label(), longestName), dial, one.code(), one.number());
    }

    private static String xml(List<Entry> entries, String head, String foot, Line line) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append(head)
                .append('\n');
        int no = 0;
        for (Entry entry : entries) {
            no++;
            out.append(line.of(no, entry)).append('\n');
        }
        return out.append(foot).append('\n').toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most).stripTrailing();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
