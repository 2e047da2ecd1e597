package org.rebill.report;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rebill.export.Format;
import org.rebill.platform.Refusal;

/** The report that is shown as a file: {@code report?format=pdf} and the page's own parameters. */
@WebServlet("/app/report")
public class ReportServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Reports reports;

    @Inject
    private transient ReportChoice choice;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Format format = Format.of(request.getParameter("format"));
            Report report = reports.take(choice.preset(), choice.filter());
            response.setContentType(format.type());
            response.setHeader("Cache-Control", "private, no-store");
            response.setHeader("Content-Disposition", ReportFiles.disposition(report, format));
            ReportFiles.write(report, format, response.getOutputStream());
        } catch (Refusal refusal) {
            response.sendError(refusal.status());
        }
    }
}
