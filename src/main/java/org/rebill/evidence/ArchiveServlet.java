package org.rebill.evidence;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.rebill.platform.Refusal;

/** The archive to verify, for the pages: {@code evidence.zip?id=…}. */
@WebServlet({"/app/evidence.zip", "/portal/evidence.zip"})
public class ArchiveServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Proofs proofs;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            UUID id = id(request.getParameter("id"));
            boolean portal = request.getServletPath().startsWith("/portal/");
            Proofs.Archive archive = portal ? proofs.ownArchive(id) : proofs.archive(id);
            response.setContentType(EvidenceResource.ZIP);
            response.setContentLength(archive.bytes().length);
            response.setHeader("Cache-Control", "private, no-store");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + archive.name() + "\"");
            response.getOutputStream().write(archive.bytes());
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
}
