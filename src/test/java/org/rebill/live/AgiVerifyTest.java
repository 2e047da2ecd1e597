package org.rebill.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FastAGI on a real socket, as Asterisk speaks it. */
class AgiVerifyTest {
    private final List<LiveQuestion> asked = new ArrayList<>();
    private int port;
    private DefaultAgiServer server;

    @BeforeEach
    void listen() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = AgiListener.started("127.0.0.1", port, new AgiVerify((key, question, address) -> {
            asked.add(question);
            return key.equals("rbk_good")
                    ? Optional.of(question.code().equals("1042") ? LiveAnswer.OK : LiveAnswer.ASK_AGAIN)
                    : Optional.empty();
        }));
    }

    @AfterEach
    void stop() {
        server.shutdown();
    }

    /** Calls the script; gives the command that it sent. */
    private String call(String... arguments) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return call(socket, arguments);
            } catch (ConnectException e) {
                if (attempt == 50) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static String call(Socket socket, String... arguments) throws IOException {
        return AgiClient.call(socket, arguments).get(0);
    }

    @Test
    void theAnswerIsAVariableOfTheChannel() throws Exception {
        assertThat(call("rbk_good", "1042", "15125550144", "203", "1795291331.9001"))
                .isEqualTo("SET VARIABLE \"REBILL\" \"ok\"");
        assertThat(asked).containsExactly(new LiveQuestion("1042", "15125550144", "203", "1795291331.9001"));
        assertThat(call("rbk_good")).isEqualTo("SET VARIABLE \"REBILL\" \"ask_again\"");
    }

    @Test
    void aWrongKeyIsToldAsAnError() throws Exception {
        assertThat(call("rbk_bad", "1042")).isEqualTo("SET VARIABLE \"REBILL\" \"error\"");
        assertThat(call()).isEqualTo("SET VARIABLE \"REBILL\" \"error\"");
    }
}
