package org.rebill.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.rebill.statement.PortalStatements;
import org.rebill.statement.Statement;

/** The statement behind a link in a mail, without a sign-in. */
@Named
@RequestScoped
public class StatementLinkPage {
    private final HttpServletRequest request;
    private final PortalStatements own;
    private Statement statement;

    @Inject
    StatementLinkPage(HttpServletRequest request, PortalStatements own) {
        this.request = request;
        this.own = own;
    }

    private Links.Opened link() {
        return (Links.Opened) request.getAttribute(LinkFilter.OPENED);
    }

    /** What the link opens. */
    public Statement statement() {
        if (statement == null) {
            statement = own.get(link().about());
        }
        return statement;
    }

    /** Until when the link is valid. */
    public Instant expiresAt() {
        return link().expiresAt();
    }

    /** The link's own text, for the form. */
    public String secret() {
        return request.getParameter("t");
    }
}
