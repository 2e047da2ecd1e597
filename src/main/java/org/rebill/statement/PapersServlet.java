package org.rebill.statement;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.rebill.platform.Refusal;

/** The papers of a month for the page of statements: {@code statements.zip?month=2026-10}. */
@WebServlet("/app/statements.zip")
public class PapersServlet extends HttpServlet {
    static final String TYPE = "application/zip";

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Papers papers;

    static String disposition(YearMonth month) {
        return "attachment; filename=\"statements-" + month + ".zip\"";
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            YearMonth month = month(request.getParameter("month"));
            List<UUID> ids = papers.of(Period.of(month));
            response.setContentType(TYPE);
            response.setHeader("Cache-Control", "private, no-store");
            response.setHeader("Content-Disposition", disposition(month));
            papers.write(ids, response.getOutputStream());
        } catch (Refusal refusal) {
            response.sendError(refusal.status());
        }
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text == null ? "" : text);
        } catch (DateTimeException e) {
            throw new Refusal.NotFound("month");
        }
    }
}
