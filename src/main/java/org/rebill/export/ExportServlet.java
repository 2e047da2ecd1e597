package org.rebill.export;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.rebill.call.CallFilter;
import org.rebill.call.CallGroup;
import org.rebill.call.CallOrder;
import org.rebill.platform.Refusal;

/** Lists as files for the pages: {@code export?what=calls&format=xlsx} and the list's own parameters. */
@WebServlet("/app/export")
public class ExportServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Exports exports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Format format = Format.of(request.getParameter("format"));
            send(table(request), format, response);
        } catch (Refusal refusal) {
            response.sendError(refusal.status());
        }
    }

    private Exports.Table table(HttpServletRequest request) {
        String what = request.getParameter("what");
        if ("calls".equals(what)) {
            return exports.calls(calls(request), CallOrder.parse(text(request, "sort")));
        }
        if ("charges".equals(what)) {
            return exports.charges(
                    ChargeExportResource.day("from", text(request, "from")),
                    ChargeExportResource.day("to", text(request, "to")),
                    id(request, "client"));
        }
        if ("statements".equals(what)) {
            return exports.statements(StatementExportResource.filter(text(request, "month"), id(request, "client")));
        }
        throw new Refusal.NotFound("list");
    }

    private static CallFilter calls(HttpServletRequest request) {
        return new CallFilter(
                ChargeExportResource.day("from", text(request, "from")),
                ChargeExportResource.day("to", text(request, "to")),
                id(request, "person"),
                id(request, "client"),
                group(text(request, "state")),
                text(request, "code"),
                id(request, "source"),
                id(request, "file"),
                CallFilter.flags(text(request, "flag")).orElse(List.of()),
                text(request, "q"));
    }

    private static CallGroup group(String name) {
        for (CallGroup group : CallGroup.values()) {
            if (group.name().equals(name)) {
                return group;
            }
        }
        return null;
    }

    private static String text(HttpServletRequest request, String name) {
        String text = request.getParameter(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static UUID id(HttpServletRequest request, String name) {
        try {
            String text = text(request, name);
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound(name);
        }
    }

    private static void send(Exports.Table table, Format format, HttpServletResponse response) throws IOException {
        response.setContentType(format.type());
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", FileResponse.disposition(table, format));
        format.write(table.sheet(), table.rows(), response.getOutputStream());
    }
}
