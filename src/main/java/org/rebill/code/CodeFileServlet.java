package org.rebill.code;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Codes as a file for those who are signed in to the pages: all by GET, a list for a phone system (noted) by POST. */
@WebServlet("/app/codes/file")
public class CodeFileServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient CodeImport codes;

    @Inject
    private transient CodeExports exports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        send(response, "text/csv", "codes.csv", codes.export());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CodeExports.Taken taken =
                exports.take(CodeFilesResource.format(request.getParameter("format")), request.getParameter("group"));
        send(response, taken.format().type(), taken.format().file(), taken.content());
    }

    private static void send(HttpServletResponse response, String type, String name, String content)
            throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type + "; charset=UTF-8");
        response.setContentLength(bytes.length);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(bytes);
    }
}
