package org.rebill.identity;

import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.ProblemBody;
import org.rebill.platform.Tenant;

/**
 * Decides, before anything else runs, in which firm a request acts and as whom: the API names the firm in its path,
 * pages in the session, a source's key is of one firm. A firm that the caller does not belong to sounds like one that does not exist (404).
 */
@WebFilter(
        urlPatterns = {"/app/*", "/portal/*", "/api/v1/firms/*", "/intake/*", "/live/*"},
        dispatcherTypes = {DispatcherType.REQUEST})
public class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Pattern API = Pattern.compile("/api/v1/firms/([^/]+)(/.*)?");
    /** What clients of a firm may ask; all else is for those who work for it. */
    private static final Pattern PORTAL = Pattern.compile("/api/v1/firms/[^/]+/portal(/.*)?");

    private static final String FRONT_DOOR = "/app/";
    /** Where Mojarra keeps the forms that are open in the session's windows. */
    private static final String OPEN_FORMS = "com.sun.faces.renderkit.ServerSideStateHelper.LogicalViewMap";
    /** Session attribute with the slug of the firm that was chosen. */
    static final String FIRM = AccessFilter.class.getName() + ".firm";

    @Inject
    private transient FirmDirectory directory;

    @Inject
    private transient Memberships memberships;

    @Inject
    private transient OpenIdContext pageUser;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        Matcher api = API.matcher(path);
        if (path.startsWith("/intake/") || path.startsWith("/live/")) {
            machine(request, response, chain);
        } else if (api.matches()) {
            api(path, api.group(1), request, response, chain);
        } else {
            page(path, request, response, chain);
        }
    }

    private static void machine(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Machine> shown = machine(request);
        if (shown.isEmpty()) {
            ProblemBody.write(response, HttpServletResponse.SC_UNAUTHORIZED, "key.missing", "Send a source's key.");
            return;
        }
        goOn(
                new Entry(shown.get().firm(), Caller.machine(shown.get(), request.getRemoteAddr())),
                request,
                response,
                chain);
    }

    private void api(
            String path, String slug, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<User> signedIn = user(request);
        if (signedIn.isEmpty()) {
            ProblemBody.write(response, HttpServletResponse.SC_UNAUTHORIZED, "token.missing", "Send an access token.");
            return;
        }
        User user = signedIn.get();
        Optional<Entry> entry = enter(user, slug, request.getRemoteAddr());
        if (entry.isEmpty()) {
            ProblemBody.write(response, HttpServletResponse.SC_NOT_FOUND, "not-found", "There is no such firm here.");
        } else if (PORTAL.matcher(path).matches()
                ? entry.get().isClient()
                : entry.get().isStaff()) {
            goOn(entry.get(), request, response, chain);
        } else {
            ProblemBody.write(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "forbidden",
                    "Your role in this firm does not allow this.");
        }
    }

    private void page(String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        User user = signedIn();
        request.setAttribute(AuthenticationRouter.USER, user);
        HttpSession session = request.getSession();
        String remembered = (String) session.getAttribute(FIRM);
        String wanted = "GET".equals(request.getMethod()) ? request.getParameter("firm") : null;
        for (String slug : wanted == null ? firstOf(remembered, user.organizations()) : List.of(wanted)) {
            Optional<Entry> entry = enter(user, slug, request.getRemoteAddr());
            if (entry.isPresent()) {
                choose(session, remembered, slug);
                page(path, entry.get(), request, response, chain);
                return;
            }
        }
        response.sendError(wanted == null ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_NOT_FOUND);
    }

    /** The remembered one first; the role in it may have been taken away meanwhile. */
    private static List<String> firstOf(String remembered, List<String> others) {
        return Stream.concat(Stream.ofNullable(remembered), others.stream())
                .distinct()
                .toList();
    }

    /** A form that was opened in one firm must never be sent into another: it is opened again there. */
    private static void choose(HttpSession session, String before, String slug) {
        if (!slug.equals(before)) {
            session.setAttribute(FIRM, slug);
            session.removeAttribute(OPEN_FORMS);
        }
    }

    private static void page(
            String path, Entry entry, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!entry.isStaff() && request.getRequestURI().equals(request.getContextPath() + FRONT_DOOR)) {
            response.sendRedirect(request.getContextPath() + "/portal/");
        } else if (path.startsWith(FRONT_DOOR) ? entry.isStaff() : entry.isClient()) {
            goOn(entry, request, response, chain);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** As the server understood it, without what a caller may have hidden in it ({@code /app;x/…}, {@code %2e}). */
    static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    /** Who signed in for this request; empty where nobody had to. */
    public static Optional<User> user(HttpServletRequest request) {
        return Optional.ofNullable((User) request.getAttribute(AuthenticationRouter.USER));
    }

    /** Whose key was shown for this request; empty outside of {@code /intake}. */
    public static Optional<Machine> machine(HttpServletRequest request) {
        return Optional.ofNullable((Machine) request.getAttribute(AuthenticationRouter.MACHINE));
    }

    private User signedIn() {
        var claims = pageUser.getIdentityToken().getJwtClaims();
        List<String> organizations = claims.getArrayStringClaim("organization");
        return new User(
                UUID.fromString(pageUser.getSubject()),
                claims.getStringClaim("name").orElse(""),
                claims.getStringClaim("email").orElse(""),
                organizations == null ? List.of() : organizations);
    }

    private Optional<Entry> enter(User user, String slug, String address) throws ServletException {
        if (!user.organizations().contains(slug)) {
            return Optional.empty();
        }
        Optional<UUID> firm = directory.find(slug);
        if (firm.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Tenant.call(firm.get(), () -> memberships.caller(user, address))
                    .map(caller -> new Entry(firm.get(), caller));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static void goOn(Entry entry, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            Tenant.call(entry.firm(), () -> entry.caller().call(() -> {
                chain.doFilter(request, response);
                return null;
            }));
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private record Entry(UUID firm, Caller caller) {
        boolean isStaff() {
            return caller.hasAny(Role.OWNER, Role.CLERK, Role.PROFESSIONAL);
        }

        boolean isClient() {
            return caller.is(Role.CLIENT);
        }
    }
}
