package org.rebill.live;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.rebill.identity.AccessFilter;
import org.rebill.identity.Machine;
import org.rebill.platform.ProblemBody;

/**
 * Live checks by HTTP, with a source's key. {@code /live/v1/verify} (GET or POST; code, number, extension, call) answers
 * one word, or JSON where that is accepted or {@code format=json}; {@code /live/v1/freeswitch} is a gateway of FreeSWITCH's
 * mod_xml_curl for the dial plan.
 */
@WebServlet("/live/v1/*")
public class LiveServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient LiveChecks checks;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Machine> machine = AccessFilter.machine(request);
        if (machine.isEmpty()) {
            ProblemBody.write(response, HttpServletResponse.SC_UNAUTHORIZED, "key.missing", "Send a source's key.");
            return;
        }
        switch (request.getPathInfo() == null ? "" : request.getPathInfo()) {
            case "/verify" -> verify(machine.get(), request, response);
            case "/freeswitch" -> freeSwitch(machine.get(), request, response);
            default ->
                ProblemBody.write(
                        response,
                        HttpServletResponse.SC_NOT_FOUND,
                        "not-found",
                        "Ask /live/v1/verify or /live/v1/freeswitch.");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }

    private void verify(Machine machine, HttpServletRequest request, HttpServletResponse response) throws IOException {
        LiveAnswer answer = checks.check(
                machine,
                new LiveQuestion(
                        request.getParameter("code"),
                        request.getParameter("number"),
                        request.getParameter("extension"),
                        request.getParameter("call")));
        String accept = request.getHeader("Accept");
        boolean json = "json".equals(request.getParameter("format"))
                || (accept != null && accept.contains("application/json"));
        if (json) {
            send(response, "application/json", "{\"answer\":\"" + answer.word() + "\"}");
        } else {
            send(response, "text/plain", answer.word());
        }
    }

    private void freeSwitch(Machine machine, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!"dialplan".equals(request.getParameter("section"))) {
            send(response, "text/xml", FreeSwitchDocument.notFound());
            return;
        }
        LiveQuestion question = FreeSwitchDocument.question(request::getParameter);
        send(response, "text/xml", FreeSwitchDocument.of(question, checks.check(machine, question)));
    }

    private static void send(HttpServletResponse response, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type + "; charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
