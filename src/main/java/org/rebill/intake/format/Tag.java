package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.List;

/**
 * A named piece of a document, be it JSON or XML: an object or element with pieces inside, or a value. The members of an
 * array are pieces of the array's name, attributes are pieces as well.
 *
 * @param text of a value; of others empty
 */
record Tag(String name, String text, List<Tag> pieces) {
    static Tag of(String name) {
        return new Tag(name, "", new ArrayList<>());
    }

    static Tag value(String name, String text) {
        return new Tag(name, text, List.of());
    }

    /** The first of that name; an empty one when there is none. */
    Tag piece(String wanted) {
        for (Tag piece : pieces) {
            if (piece.name.equals(wanted)) {
                return piece;
            }
        }
        return new Tag(wanted, "", List.of());
    }

    /** All of any of the names, in order. */
    List<Tag> pieces(String... wanted) {
        return pieces.stream()
                .filter(piece -> List.of(wanted).contains(piece.name))
                .toList();
    }

    /** The text of the last piece of that name that has one, blanks around it stripped; else empty. */
    String textOf(String wanted) {
        String found = "";
        for (Tag piece : pieces) {
            if (piece.name.equals(wanted) && !piece.text.isBlank()) {
                found = piece.text.strip();
            }
        }
        return found;
    }

    boolean has(String wanted) {
        return pieces.stream().anyMatch(piece -> piece.name.equals(wanted));
    }
}
