package org.rebill.mail;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.rebill.platform.Tenant;

/**
 * Lets in whoever comes with a link of a mail, to the one thing that it opens. One that was never given out, or is for
 * something else, sounds like a page that does not exist (404); an expired one says so (410).
 */
@WebFilter(
        urlPatterns = "/link/*",
        dispatcherTypes = {DispatcherType.REQUEST})
public class LinkFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** Request attribute with the {@link Links.Opened}. */
    static final String OPENED = LinkFilter.class.getName() + ".opened";

    private static final Map<String, String> KINDS = Map.of(
            StatementMails.LINK_PAGE, StatementMails.KIND,
            LinkPdfServlet.PATH, StatementMails.KIND,
            CallMails.PAGE, CallMails.KIND,
            CallLinkServlet.PATH, CallMails.KIND);

    @Inject
    private transient Links links;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // The address is the key: no other site shall be told it.
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        Optional<LinkText> shown = LinkText.parse(request.getParameter("t"));
        String kind = KINDS.get(
                request.getRequestURI().substring(request.getContextPath().length()));
        if (shown.isEmpty() || kind == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            Tenant.call(shown.get().firm(), () -> {
                open(shown.get(), kind, request, response, chain);
                return null;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private void open(
            LinkText shown, String kind, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws Exception {
        Optional<Links.Opened> opened = links.open(shown, request.getRemoteAddr());
        if (opened.isEmpty() || !opened.get().kind().equals(kind)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        opened.get().caller().call(() -> {
            if (opened.get().expired()) {
                response.setStatus(HttpServletResponse.SC_GONE);
                request.getRequestDispatcher("/WEB-INF/mail/expired.xhtml").forward(request, response);
            } else {
                request.setAttribute(OPENED, opened.get());
                chain.doFilter(request, response);
            }
            return null;
        });
    }
}
