package org.rebill.intake;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.UUID;
import org.rebill.platform.Refusal;

/** The original bytes of a file, for those who are signed in to the pages. */
@WebServlet("/app/file/content")
public class FileContentServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Intake intake;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        IntakeFile file = intake.file(id(request.getParameter("id")));
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(file.sizeBytes());
        response.setHeader("Content-Disposition", FilesResource.disposition(file.name()));
        response.setHeader("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(file.sha256()) + ":");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try (InputStream content = intake.content(file.id())) {
            content.transferTo(response.getOutputStream());
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("file");
        }
    }
}
