package org.rebill.statement;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.rebill.platform.Refusal;

/** Statements on paper for the pages: {@code statement.pdf?id=…}, with {@code download=1} to be saved at once. */
@WebServlet({"/app/statement.pdf", "/portal/statement.pdf"})
public class PdfServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Statements statements;

    @Inject
    private transient PortalStatements own;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            UUID id = id(request.getParameter("id"));
            boolean portal = request.getServletPath().startsWith("/portal/");
            send(portal ? own.pdf(id) : statements.pdf(id), request.getParameter("download") != null, response);
        } catch (Refusal refusal) {
            response.sendError(refusal.status());
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("statement");
        }
    }

    private static void send(Pdf pdf, boolean download, HttpServletResponse response) throws IOException {
        response.setContentType(PdfResponse.TYPE);
        response.setContentLength(pdf.bytes().length);
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", PdfResponse.disposition(pdf, download));
        if (pdf.sha256() != null) {
            response.setHeader("ETag", '"' + pdf.sha256() + '"');
            response.setHeader("Repr-Digest", PdfResponse.digest(pdf.sha256()));
        }
        response.getOutputStream().write(pdf.bytes());
    }
}
