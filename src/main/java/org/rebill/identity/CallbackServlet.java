package org.rebill.identity;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Keycloak sends the browser here after the log-in; it goes on to the page that was asked for. */
@WebServlet("/callback")
public class CallbackServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null) {
            // The log-in was given up or its page was too old: start again.
            response.sendRedirect(request.getContextPath() + "/");
            return;
        }
        HttpSession session = request.getSession();
        Object wanted = session.getAttribute(AuthenticationRouter.WANTED);
        session.removeAttribute(AuthenticationRouter.WANTED);
        response.sendRedirect(request.getContextPath() + (isOurs(wanted) ? wanted : "/app/"));
    }

    /** Only the closed areas ask for a log-in; anything else ({@code //elsewhere}) would lead out of here. */
    private static boolean isOurs(Object wanted) {
        return wanted instanceof String page && (page.startsWith("/app/") || page.startsWith("/portal/"));
    }
}
