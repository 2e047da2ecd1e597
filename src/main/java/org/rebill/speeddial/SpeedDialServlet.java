package org.rebill.speeddial;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.rebill.platform.ProblemBody;
import org.rebill.platform.Refusal;

/** Somebody's speed dials as a file ({@code make}), or as a PDF to be printed ({@code make=sheet}), for the pages. */
@WebServlet("/app/speed-dials/file")
public class SpeedDialServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SpeedDials dials;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String form = request.getParameter("form");
        try {
            UUID person = person(request.getParameter("person"));
            if ("sheet".equals(request.getParameter("make"))) {
                send(response, "application/pdf", "inline; filename=\"speed-dials.pdf\"", dials.sheet(person, form));
            } else {
                PhoneMake make = SpeedDialsResource.make(request.getParameter("make"));
                send(
                        response,
                        make.type() + "; charset=UTF-8",
                        "attachment; filename=\"" + make.file() + "\"",
                        dials.file(person, make, form).getBytes(StandardCharsets.UTF_8));
            }
        } catch (Refusal.Invalid e) {
            Refusal.Problem problem = e.problems().get(0);
            ProblemBody.write(response, e.status(), problem.code(), problem.text());
        }
    }

    private static UUID person(String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("person");
        }
    }

    private static void send(HttpServletResponse response, String type, String disposition, byte[] bytes)
            throws IOException {
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.setHeader("Content-Disposition", disposition);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(bytes);
    }
}
