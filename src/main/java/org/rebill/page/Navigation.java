package org.rebill.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;

/** The firm's pages that the caller may open, with their counts. An entry without a page behind it is not shown. */
@Named("navigation")
@RequestScoped
public class Navigation {
    private static final Set<Role> STAFF = EnumSet.of(Role.OWNER, Role.CLERK, Role.PROFESSIONAL);
    private static final Set<Role> OFFICE = EnumSet.of(Role.OWNER, Role.CLERK);
    private static final List<Place> PLACES = List.of(
            new Place("overview", "/app/index.xhtml", "home", 1, STAFF),
            new Place("calls", "/app/calls.xhtml", "phone", 1, STAFF),
            new Place("codes", "/app/codes.xhtml", "hash", 2, OFFICE),
            new Place("clients", "/app/clients.xhtml", "building", 2, STAFF),
            new Place("statements", "/app/statements.xhtml", "doc", 2, STAFF),
            new Place("reratings", "/app/reratings.xhtml", "replay", 2, OFFICE),
            new Place("reports", "/app/reports.xhtml", "chart", 2, STAFF),
            new Place("sources", "/app/sources.xhtml", "feed", 3, OFFICE),
            new Place("mail", "/app/mail.xhtml", "send", 3, OFFICE),
            new Place("settings", "/app/settings.xhtml", "gear", 3, OFFICE),
            new Place("audit", "/app/audit.xhtml", "shield", 3, OFFICE));

    private record Place(String name, String path, String icon, int group, Set<Role> roles) {}

    /** An entry as it is shown. */
    public record Entry(String name, String href, String icon, String label, long count, boolean urgent) {}

    private final ServletContext servlets;
    private final Instance<NavCount> counts;
    private final Texts texts;
    private List<List<Entry>> groups;

    @Inject
    Navigation(ServletContext servlets, @Any Instance<NavCount> counts, Texts texts) {
        this.servlets = servlets;
        this.counts = counts;
        this.texts = texts;
    }

    /** The entries in their groups. */
    public List<List<Entry>> groups() {
        if (groups == null) {
            Map<Integer, List<Entry>> byGroup = new TreeMap<>();
            for (Place place : PLACES) {
                if (!Collections.disjoint(Caller.current().roles(), place.roles()) && exists(place.path())) {
                    byGroup.computeIfAbsent(place.group(), group -> new ArrayList<>())
                            .add(entry(place));
                }
            }
            groups = List.copyOf(byGroup.values());
        }
        return groups;
    }

    /** The first three, for the bar at the foot of a phone's screen. */
    public List<Entry> first() {
        return groups().stream()
                .flatMap(List::stream)
                .filter(entry -> List.of("overview", "calls", "statements").contains(entry.name()))
                .toList();
    }

    private boolean exists(String path) {
        try {
            return servlets.getResource(path) != null;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(path, e);
        }
    }

    private Entry entry(Place place) {
        NavCount found = null;
        for (NavCount count : counts) {
            if (count.entry().equals(place.name())) {
                found = count;
            }
        }
        long number = found == null ? 0 : found.count();
        return new Entry(
                place.name(),
                servlets.getContextPath() + place.path().replace("index.xhtml", ""),
                place.icon(),
                texts.get("page.nav." + place.name()),
                number,
                found != null && found.urgent());
    }
}
