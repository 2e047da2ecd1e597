package org.rebill.statement;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What the paper's fonts can write. A letter they lack would be left out without a word; here it becomes a box. */
final class Letters {
    private static final int MISSING = '\u25a1';
    private static final List<Font> FONTS =
            List.of(font("fonts/inter-tabular-semibold.ttf"), font("net/sf/jasperreports/fonts/dejavu/DejaVuSans.ttf"));

    private Letters() {}

    /** The text with a box for each letter that cannot be printed; null becomes empty. */
    static String printable(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(Letters::orBox).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static int orBox(int letter) {
        if (letter == '\n') {
            return letter;
        }
        if (Character.isISOControl(letter)) {
            return ' ';
        }
        return FONTS.stream().anyMatch(font -> font.canDisplay(letter)) ? letter : MISSING;
    }

    private static Font font(String resource) {
        try (InputStream file = Letters.class.getClassLoader().getResourceAsStream(resource)) {
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } catch (IOException e) {
            throw new UncheckedIOException("The paper's font " + resource + " cannot be read", e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("The paper's font " + resource + " is no font", e);
        }
    }
}
