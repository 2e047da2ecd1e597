package org.rebill.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.MyFirms;
import org.rebill.firm.MyFirms.MyFirm;
import org.rebill.identity.AccessFilter;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;

/** What stands around every page: the firm and its others, who is signed in, light or dark. */
@Named("shell")
@RequestScoped
public class Shell {
    private static final Set<String> THEMES = Set.of("light", "dark", "system");

    /** A firm the user may go to. */
    public record Choice(String slug, String name, String mark, String role, boolean current) {}

    private final HttpServletRequest request;
    private final Firms firms;
    private final MyFirms myFirms;
    private FirmProfile profile;
    private List<Choice> choices;

    @Inject
    Shell(HttpServletRequest request, Firms firms, MyFirms myFirms) {
        this.request = request;
        this.firms = firms;
        this.myFirms = myFirms;
    }

    /** {@code light}, {@code dark} or {@code system}; known to the server, so that no page flashes in the other. */
    public String getTheme() {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals("theme") && THEMES.contains(cookie.getValue())) {
                    return cookie.getValue();
                }
            }
        }
        return "system";
    }

    /** The current firm. */
    public FirmProfile firm() {
        if (profile == null) {
            profile = firms.current().profile();
        }
        return profile;
    }

    /** Two or three letters that stand for the firm. */
    public String mark() {
        return mark(firm().name());
    }

    /** "Hale & Ortiz LLP" is H&O, "Lindgren Architekten" is LA. */
    static String mark(String name) {
        String letters = name.strip()
                .lines()
                .flatMap(line -> List.of(line.split("[\\s,]+")).stream())
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
                .limit(3)
                .collect(Collectors.joining());
        return letters.length() == 3 && letters.charAt(1) != '&' ? letters.substring(0, 2) : letters;
    }

    /** Who is signed in. */
    public String userName() {
        return Caller.current().name();
    }

    /** Two letters of a name. */
    public String initials(String name) {
        String[] words = name == null ? new String[0] : name.strip().split("\\s+");
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            if ((i == 0 || i == words.length - 1) && !words[i].isEmpty()) {
                letters.appendCodePoint(words[i].codePointAt(0));
            }
        }
        return letters.toString();
    }

    /** What the user is here: the first role, as they are ordered. */
    public String role() {
        return label(Caller.current().roles());
    }

    private static String label(Set<Role> roles) {
        return roles.stream().min(Comparator.naturalOrder()).map(Role::label).orElse("");
    }

    /** Whether the user works for the firm with a view on all of it. */
    public boolean isOffice() {
        return Caller.current().hasAny(Role.OWNER, Role.CLERK);
    }

    /** Whether the user may issue, lift a hold and the like. */
    public boolean isOwner() {
        return Caller.current().is(Role.OWNER);
    }

    /** Whether the user works for the firm. */
    public boolean isStaff() {
        return Caller.current().hasAny(Role.OWNER, Role.CLERK, Role.PROFESSIONAL);
    }

    /** Whether the user also is a client of the firm. */
    public boolean isClient() {
        return Caller.current().is(Role.CLIENT);
    }

    /** The firms in which the user has a role, by name; the current one among them. */
    public List<Choice> firms() {
        if (choices == null) {
            choices = new ArrayList<>();
            AccessFilter.user(request)
                    .ifPresent(
                            user -> myFirms.of(user).stream().map(this::choice).forEach(choices::add));
        }
        return choices;
    }

    private Choice choice(MyFirm firm) {
        return new Choice(
                firm.slug(),
                firm.name(),
                mark(firm.name()),
                label(firm.roles()),
                firm.slug().equals(firm().slug()));
    }
}
