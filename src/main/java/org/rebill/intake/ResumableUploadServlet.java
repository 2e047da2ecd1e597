package org.rebill.intake;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.page.Texts;
import org.rebill.page.Toasts;
import org.rebill.platform.Json;
import org.rebill.platform.ProblemBody;
import org.rebill.platform.Refusal;

/**
 * Large files of the sources page, by the tus protocol 1.0 (creation, expiration, termination): POST begins one, HEAD
 * tells how far it is, PATCH goes on. When all has come it is taken in before the last PATCH is answered; GET tells what
 * it became.
 */
@WebServlet("/app/uploads/*")
public class ResumableUploadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String VERSION = "1.0.0";
    private static final String TYPE = "application/offset+octet-stream";
    /** Bytes that are committed together, and kept in memory meanwhile. */
    private static final int PIECE = 1 << 20;

    @Inject
    private transient Uploads uploads;

    @Inject
    private transient Intake intake;

    @Inject
    private transient Texts texts;

    @Inject
    private transient Toasts toasts;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Tus-Resumable", VERSION);
        response.setHeader("Cache-Control", "no-store");
        try {
            String method = request.getMethod();
            if (method.equals("OPTIONS")) {
                response.setHeader("Tus-Version", VERSION);
                response.setHeader("Tus-Max-Size", Long.toString(Spool.MAX_BYTES));
                response.setHeader("Tus-Extension", "creation,expiration,termination");
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else if (method.equals("GET")) {
                told(request, response);
            } else if (!VERSION.equals(request.getHeader("Tus-Resumable"))) {
                // Only script of our own pages can send that header, and only to us.
                response.setHeader("Tus-Version", VERSION);
                ProblemBody.write(
                        response,
                        HttpServletResponse.SC_PRECONDITION_FAILED,
                        "upload.version",
                        "Send 'Tus-Resumable: " + VERSION + "'.");
            } else {
                change(method, request, response);
            }
        } catch (Refusal e) {
            Refusal.Problem problem = e.problems().get(0);
            ProblemBody.write(response, e.status(), problem.code(), problem.text());
        }
    }

    private void change(String method, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (method) {
            case "POST" -> begin(request, response);
            case "HEAD" -> {
                Upload upload = uploads.get(id(request));
                response.setHeader("Upload-Length", Long.toString(upload.sizeBytes()));
                stands(upload, response);
                response.setStatus(HttpServletResponse.SC_OK);
            }
            case "PATCH" -> goOn(request, response);
            case "DELETE" -> {
                uploads.drop(id(request));
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default ->
                ProblemBody.write(
                        response,
                        HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                        "method",
                        "Send POST, HEAD, PATCH, GET or DELETE.");
        }
    }

    private static void stands(Upload upload, HttpServletResponse response) {
        response.setHeader("Upload-Offset", Long.toString(upload.receivedBytes()));
        response.setHeader(
                "Upload-Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        upload.touchedAt().plus(Uploads.KEPT).atOffset(ZoneOffset.UTC)));
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) {
        Map<String, String> said = metadata(request.getHeader("Upload-Metadata"));
        Upload upload = uploads.begin(
                uuid(said.getOrDefault("source", ""), "phone system"),
                said.getOrDefault("filename", ""),
                number(request, "Upload-Length"));
        stands(upload, response);
        response.setHeader("Location", request.getContextPath() + "/app/uploads/" + upload.id());
        response.setStatus(HttpServletResponse.SC_CREATED);
    }

    private void goOn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String type = request.getContentType();
        // The server may add a character set to it.
        if (type == null || !type.split(";", 2)[0].strip().equals(TYPE)) {
            throw new Refusal.WrongType("file", "upload.type", "Send the bytes as '" + TYPE + "'.");
        }
        UUID id = id(request);
        long offset = number(request, "Upload-Offset");
        Upload upload = uploads.append(id, offset, new byte[0]);
        InputStream body = request.getInputStream();
        byte[] piece = new byte[(int) Math.min(PIECE, upload.sizeBytes() - offset + 1)];
        boolean more = true;
        while (more) {
            int length = 0;
            try {
                for (int read = 0; length < piece.length && read >= 0; length += Math.max(read, 0)) {
                    read = body.read(piece, length, piece.length - length);
                    more = read >= 0;
                }
            } finally {
                // Where the connection is cut, what came up to there is kept, too.
                if (length > 0) {
                    upload = uploads.append(id, offset, Arrays.copyOf(piece, length));
                    offset += length;
                }
            }
        }
        if (upload.isWhole() && upload.fileId() == null) {
            take(upload);
        }
        stands(upload, response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private void take(Upload upload) throws IOException {
        try (InputStream content = uploads.content(upload.id())) {
            Intake.Taken taken = intake.take(upload.sourceId(), upload.name(), content, IntakeFile.Via.UPLOAD);
            uploads.became(upload.id(), taken.file().id(), taken.known());
        } catch (Refusal.Invalid | Refusal.WrongType e) {
            // It will be refused again however often it comes.
            uploads.drop(upload.id());
            throw e;
        }
    }

    private void told(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Upload upload = uploads.get(id(request));
        if (upload.fileId() == null) {
            throw new Refusal.Conflict(
                    "", "upload.part", upload.receivedBytes() + " of " + upload.sizeBytes() + " bytes have come.");
        }
        IntakeFile file = intake.file(upload.fileId());
        List<IntakeFile> files = file.state() == FileState.UNPACKED ? intake.members(file.id()) : List.of(file);
        List<UploadServlet.Line> lines =
                files.stream().map(one -> line(one, upload.isKnown())).toList();
        if (request.getParameter("only") != null && lines.size() == 1) {
            toasts.add(lines.get(0).text());
        }
        byte[] body = Json.write(new UploadServlet.Answer(lines)).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private UploadServlet.Line line(IntakeFile file, boolean known) {
        return new UploadServlet.Line(
                texts.of(known ? "intake.upload.known" : "intake.upload.taken", file.name()),
                "file.xhtml?id=" + file.id(),
                known);
    }

    private static UUID id(HttpServletRequest request) {
        String path = request.getPathInfo();
        return uuid(path == null ? "" : path.substring(1), "upload");
    }

    private static UUID uuid(String text, String what) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound(what);
        }
    }

    private static long number(HttpServletRequest request, String header) {
        String text = request.getHeader(header);
        if (text == null || !text.matches("[0-9]{1,15}")) {
            throw new Refusal.Invalid("", "upload.header", "Send '" + header + "' with a number of bytes.");
        }
        return Long.parseLong(text);
    }

    /** Pairs of a name and a value in base 64, separated by commas. */
    private static Map<String, String> metadata(String header) {
        Map<String, String> found = new HashMap<>();
        if (header == null) {
            return found;
        }
        for (String pair : header.split(",", -1)) {
            String[] parts = pair.strip().split(" ", 2);
            try {
                found.put(
                        parts[0],
                        parts.length < 2
                                ? ""
                                : new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new Refusal.Invalid("", "upload.metadata", "'Upload-Metadata' has names and values in base 64.");
            }
        }
        return found;
    }
}
