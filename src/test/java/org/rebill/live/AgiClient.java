package org.rebill.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Speaks FastAGI as Asterisk does, for tests. */
public final class AgiClient {
    private AgiClient() {}

    /** Runs the script verify with arguments; gives the commands that came, each of which was said to have worked. */
    public static List<String> call(Socket socket, String... arguments) throws IOException {
        StringBuilder head = new StringBuilder("""
                agi_network: yes
                agi_network_script: verify
                agi_request: agi://127.0.0.1/verify
                agi_channel: PJSIP/203-0000f001
                agi_uniqueid: 1795291331.9001
                """);
        for (int i = 0; i < arguments.length; i++) {
            head.append("agi_arg_")
                    .append(i + 1)
                    .append(": ")
                    .append(arguments[i])
                    .append('\n');
        }
        OutputStream out = socket.getOutputStream();
        out.write((head + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        List<String> commands = new ArrayList<>();
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            commands.add(command);
            out.write("200 result=1\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        return commands;
    }
}
