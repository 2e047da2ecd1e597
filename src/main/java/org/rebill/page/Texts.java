package org.rebill.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.util.AbstractMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;

/**
 * The words of the pages: {@code #{msg['call.title']}} is the key {@code call.title} in the bundle {@code messages}
 * of the feature {@code call}. English first; a text that is missing shows its key.
 */
@Named("msg")
@ApplicationScoped
public class Texts extends AbstractMap<String, String> {
    private static final Locale LANGUAGE = Locale.ENGLISH;

    /** The text as it stands in the bundle. */
    @Override
    public String get(Object key) {
        String name = String.valueOf(key);
        int dot = name.indexOf('.');
        if (dot < 0) {
            return "???" + name;
        }
        try {
            return ResourceBundle.getBundle(
                            "org.rebill." + name.substring(0, dot) + ".messages",
                            Locale.ROOT,
                            Texts.class.getClassLoader())
                    .getString(name);
        } catch (MissingResourceException e) {
            return "???" + name;
        }
    }

    /** What the texts are written in. */
    public Locale language() {
        return LANGUAGE;
    }

    /** Whether there is such a text. */
    public boolean has(String key) {
        return !get(key).startsWith("???");
    }

    /** The text with its places filled; numbers that need the firm's format come as text. */
    public String of(String key, Object... values) {
        return new MessageFormat(get(key), LANGUAGE).format(values);
    }

    /** For pages, whose language has no variable arguments. */
    public String with(String key, Object value) {
        return of(key, value);
    }

    /** For pages, whose language has no variable arguments. */
    public String with(String key, Object first, Object second) {
        return of(key, first, second);
    }

    /** For pages, whose language has no variable arguments. */
    public String with(String key, Object first, Object second, Object third) {
        return of(key, first, second, third);
    }

    @Override
    public boolean containsKey(Object key) {
        return has(String.valueOf(key));
    }

    /** Not listed: texts are asked for by key. */
    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return Set.of();
    }
}
