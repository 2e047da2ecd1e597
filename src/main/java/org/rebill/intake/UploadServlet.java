package org.rebill.intake;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.rebill.page.Texts;
import org.rebill.page.Toasts;
import org.rebill.platform.Json;
import org.rebill.platform.ProblemBody;
import org.rebill.platform.Refusal;

/**
 * Takes one file of several that the sources page sends with script, so that each shows its own progress and result.
 * The body is the file; {@code source} and {@code name} stand in the query. Without script the page's form does the same.
 */
@WebServlet("/app/upload")
public class UploadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** Header that only script of our own pages can send along. */
    private static final String OWN = "X-Rebill-Upload";

    @Inject
    private transient Intake intake;

    @Inject
    private transient Texts texts;

    @Inject
    private transient Toasts toasts;

    /**
     * What became of a file; of an archive there is one for each file in it.
     *
     * @param text for people, with the name
     * @param href of its page, relative to the pages of the firm
     */
    public record Line(String text, String href, boolean known) {}

    /** What became of what was sent. */
    public record Answer(List<Line> lines) {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getHeader(OWN) == null) {
            ProblemBody.write(
                    response, HttpServletResponse.SC_FORBIDDEN, "forbidden", "This is for the sources page only.");
            return;
        }
        try {
            Spool.checkAnnounced(request.getHeader("Content-Length"));
            Intake.Taken taken = intake.take(
                    source(request.getParameter("source")),
                    request.getParameter("name"),
                    request.getInputStream(),
                    IntakeFile.Via.UPLOAD);
            List<Line> lines = taken.files().stream().map(this::line).toList();
            if (request.getParameter("only") != null && lines.size() == 1) {
                // The page goes on to the file's own, and says there what was done.
                toasts.add(lines.get(0).text());
            }
            byte[] body = Json.write(new Answer(lines)).getBytes(StandardCharsets.UTF_8);
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (Refusal e) {
            Refusal.Problem problem = e.problems().get(0);
            ProblemBody.write(response, e.status(), problem.code(), problem.text());
        }
    }

    private Line line(Intake.Taken taken) {
        return new Line(
                texts.of(
                        taken.known() ? "intake.upload.known" : "intake.upload.taken",
                        taken.file().name()),
                "file.xhtml?id=" + taken.file().id(),
                taken.known());
    }

    private static UUID source(String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("phone system");
        }
    }
}
