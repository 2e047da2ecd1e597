package org.rebill.page;

import jakarta.faces.application.ViewExpiredException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rebill.platform.Refusal;

/**
 * Turns what a page refuses into the status it stands for, shown by {@code WEB-INF/error.xhtml}; a form that waited
 * too long is opened again instead of failing.
 */
@WebFilter(urlPatterns = {"/app/*", "/portal/*", "/link/*"})
public class PageRefusals extends HttpFilter {
    private static final long serialVersionUID = 1L;
    /** Request attribute with what to tell the reader. */
    static final String TEXT = PageRefusals.class.getName() + ".text";

    @Inject
    private transient Toasts toasts;

    @Inject
    private transient Texts texts;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            if (find(e, ViewExpiredException.class) != null) {
                toasts.add(texts.get("page.expired"));
                again(request, response);
                return;
            }
            Refusal refusal = find(e, Refusal.class);
            if (refusal == null) {
                throw e;
            }
            response.reset();
            request.setAttribute(TEXT, refusal.problems().get(0).text());
            response.sendError(refusal.status());
        }
    }

    private static void again(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString();
        String here = query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            response.setContentType("text/xml;charset=UTF-8");
            String escaped = here.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
            response.getWriter()
                    .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\"" + escaped
                            + "\"/></partial-response>");
        } else {
            response.sendRedirect(here);
        }
    }

    private static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
