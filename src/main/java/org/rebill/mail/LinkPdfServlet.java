package org.rebill.mail;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rebill.platform.Refusal;
import org.rebill.statement.Pdf;
import org.rebill.statement.PortalStatements;

/**
 * The PDF behind a link in a mail. Only a post gives it, so that a scanner that follows every link in a mail is not taken
 * for the client.
 */
@WebServlet(LinkPdfServlet.PATH)
public class LinkPdfServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    static final String PATH = "/link/statement.pdf";

    @Inject
    private transient PortalStatements own;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Links.Opened link = (Links.Opened) request.getAttribute(LinkFilter.OPENED);
        try {
            Pdf pdf = own.pdf(link.about());
            response.setContentType("application/pdf");
            response.setContentLength(pdf.bytes().length);
            response.setHeader("Content-Disposition", "attachment; filename=\"" + pdf.fileName() + "\"");
            response.getOutputStream().write(pdf.bytes());
        } catch (Refusal refusal) {
            response.sendError(refusal.status());
        }
    }
}
