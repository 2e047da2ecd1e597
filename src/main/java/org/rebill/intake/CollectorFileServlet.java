package org.rebill.intake;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.rebill.platform.Refusal;

/**
 * The collector's configuration for download. Posted with the key that was just made, the file holds it; got, it has a
 * place to paste it in.
 */
@WebServlet("/app/source/collector")
public class CollectorFileServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient CollectorFile file;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        send(request, response, "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        send(request, response, request.getParameter("key"));
    }

    private void send(HttpServletRequest request, HttpServletResponse response, String key) throws IOException {
        String text = file.of(id(request.getParameter("id")), SourcePage.service(request), key);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + CollectorFile.NAME + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("phone system");
        }
    }
}
