package org.rebill.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine's loopback address. */
final class Ports {
    private Ports() {}

    /**
     * Makes sure that nobody listens there.
     *
     * @param property how to choose another, such as {@code rebill.port}
     */
    static void needFree(int port, String server, String property) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StartFailure("Port " + port + ", wanted by " + server
                    + ", is taken by another program. Stop that one, or choose another port with -D" + property
                    + "=PORT.");
        }
    }

    /** One that is free now. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("No free port on the loopback address: " + e, e);
        }
    }
}
