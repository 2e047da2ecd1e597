package org.rebill.intake.format;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the columns of a record are, by name: of a header line, or as the phone system was set. */
final class ColumnNames {
    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();

    /** @param names in the order of the columns, as written; a name that comes twice is the first of them */
    ColumnNames(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            places.putIfAbsent(key(names.get(i)), i);
        }
    }

    /** Letters and digits only, so that {@code Answer time}, {@code answer_time} and {@code AnswerTime} are one. */
    static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(c -> key.append((char) c));
        return key.toString();
    }

    /** In the order of the columns. */
    List<String> names() {
        return names;
    }

    int count() {
        return names.size();
    }

    /** Index of a column by the first of its names that is there, or -1. */
    int find(String... aliases) {
        for (String alias : aliases) {
            Integer place = places.get(key(alias));
            if (place != null) {
                return place;
            }
        }
        return -1;
    }

    boolean has(String... aliases) {
        return find(aliases) >= 0;
    }

    boolean hasAll(String... each) {
        for (String name : each) {
            if (!has(name)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a record is the line of names itself. */
    boolean areThose(List<String> values) {
        if (values.size() != names.size()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!key(values.get(i)).equals(key(names.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
