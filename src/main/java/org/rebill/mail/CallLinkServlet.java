package org.rebill.mail;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.rebill.platform.Refusal;

/**
 * Gives a call of a daily mail its code. Only a post does: scanners of mails follow every link, and must not code calls.
 */
@WebServlet(CallLinkServlet.PATH)
public class CallLinkServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    static final String PATH = "/link/code";
    /** Request attribute with what was refused, in words. */
    static final String PROBLEM = CallLinkServlet.class.getName() + ".problem";

    @Inject
    private transient CallLists lists;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Links.Opened link = (Links.Opened) request.getAttribute(LinkFilter.OPENED);
        String code = request.getParameter("code");
        try {
            lists.give(link.about(), key(request.getParameter("call")), code);
            response.sendRedirect(request.getContextPath() + CallMails.PAGE + "?t="
                    + URLEncoder.encode(request.getParameter("t"), StandardCharsets.UTF_8) + "&done="
                    + URLEncoder.encode(code.strip(), StandardCharsets.UTF_8));
        } catch (Refusal.NotFound | Refusal.Forbidden e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (Refusal e) {
            request.setAttribute(PROBLEM, e.problems().get(0).text());
            response.setStatus(e.status());
            request.getRequestDispatcher(CallMails.PAGE).forward(request, response);
        }
    }

    private static UUID key(String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("call on this list");
        }
    }
}
