package org.rebill.collector;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the configuration file says.
 *
 * @param service address of Rebill, without a path
 * @param folder where the journal is kept
 * @param feeds at least one
 */
record Settings(URI service, Path folder, List<Feed> feeds) {
    /**
     * One phone system's records.
     *
     * @param key of the source in Rebill
     * @param values its other settings by name, without the feed's name
     */
    record Feed(String name, String key, Properties values) {
        /** A value, or the standard. */
        String text(String setting, String standard) {
            return values.getProperty(setting, standard).strip();
        }

        /** A value that must be there. */
        String required(String setting) throws SettingsProblem {
            String text = text(setting, "");
            if (text.isEmpty()) {
                throw new SettingsProblem("feed." + name + "." + setting + " is missing.");
            }
            return text;
        }

        /** A whole number within bounds, ends included. */
        int number(String setting, int standard, int least, int most) throws SettingsProblem {
            String text = text(setting, Integer.toString(standard));
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, with the bounds.
            }
            throw new SettingsProblem("feed." + name + "." + setting + " is '" + text + "'; a whole number from "
                    + least + " to " + most + " belongs there.");
        }
    }

    private static final String FEED = "feed.";

    /**
     * Reads the file; relative folders are beside it.
     *
     * @throws SettingsProblem when something is missing or wrong
     */
    static Settings read(Path file) throws SettingsProblem {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            all.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsProblem("The configuration file " + file + " can't be read (" + e.getMessage()
                    + "). Download it from the phone system's page in Rebill.");
        }
        Path beside = file.toAbsolutePath().getParent();
        return new Settings(
                service(all.getProperty("service", "").strip()),
                beside.resolve(all.getProperty("folder", "journal").strip()),
                feeds(all));
    }

    private static URI service(String text) throws SettingsProblem {
        URI service;
        try {
            service = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsProblem("service is '" + text + "', which is no address.");
        }
        String host = service.getHost();
        boolean here = host != null && Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
        if (host == null || !("https".equals(service.getScheme()) || (here && "http".equals(service.getScheme())))) {
            throw new SettingsProblem("service is '" + text + "'; an address such as https://rebill.example belongs"
                    + " there. Plain http is taken for this machine only, since the key goes over the line.");
        }
        return service;
    }

    private static List<Feed> feeds(Properties all) throws SettingsProblem {
        Set<String> names = new TreeSet<>();
        for (String property : all.stringPropertyNames()) {
            if (property.startsWith(FEED)) {
                int dot = property.indexOf('.', FEED.length());
                String name = dot < 0 ? "" : property.substring(FEED.length(), dot);
                if (!name.matches("[A-Za-z0-9_-]{1,40}")) {
                    throw new SettingsProblem(property + ": write feed.NAME.SETTING, the name of letters and digits.");
                }
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            throw new SettingsProblem("No feed is set. Add feed.office.way and its other settings.");
        }
        List<Feed> feeds = new ArrayList<>();
        for (String name : names) {
            String prefix = FEED + name + ".";
            Properties values = new Properties();
            for (String property : all.stringPropertyNames()) {
                if (property.startsWith(prefix)) {
                    values.setProperty(property.substring(prefix.length()), all.getProperty(property));
                }
            }
            Feed feed = new Feed(name, values.getProperty("key", "").strip(), values);
            feed.required("key");
            feeds.add(feed);
        }
        return feeds;
    }
}
