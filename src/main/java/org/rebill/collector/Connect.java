package org.rebill.collector;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * We connect to the phone system (Mitel on 1752, Panasonic on 2300 with a log-in). What it asks before the log-in is
 * through is no record and not kept.
 */
final class Connect implements Way {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int QUIET_MILLIS = 700;
    private static final int PROMPT_MILLIS = 10_000;

    private final String host;
    private final int port;
    private final List<String> login;

    private Connect(String host, int port, List<String> login) {
        this.host = host;
        this.port = port;
        this.login = login;
    }

    static Connect of(Settings.Feed feed) throws SettingsProblem {
        String login = feed.text("login", "");
        return new Connect(
                feed.required("host"),
                feed.number("port", -1, 1, 65_535),
                login.isEmpty() ? List.of() : List.of(login.split("\\|")));
    }

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            sink.says("connecting to " + host + ":" + port);
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setKeepAlive(true);
            for (String answer : login) {
                awaitPrompt(socket);
                socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
            sink.says("connected to " + host + ":" + port);
            socket.setSoTimeout(QUIET_MILLIS);
            byte[] buffer = new byte[8192];
            InputStream in = socket.getInputStream();
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    int length = in.read(buffer);
                    if (length < 0) {
                        throw new EOFException("the phone system closed the connection");
                    }
                    sink.take(buffer, length);
                } catch (SocketTimeoutException e) {
                    // Silence is normal: nobody telephones.
                }
            }
        } finally {
            sink.complete();
        }
    }

    /** A prompt has come when something was sent and then nothing more for a moment. */
    private static void awaitPrompt(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(PROMPT_MILLIS);
        try {
            int read = in.read();
            socket.setSoTimeout(QUIET_MILLIS);
            while (read >= 0) {
                read = in.read();
            }
        } catch (SocketTimeoutException e) {
            return;
        }
        throw new EOFException("the phone system closed the connection during the log-in");
    }
}
