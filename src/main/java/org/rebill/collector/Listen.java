package org.rebill.collector;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The phone system connects to us (Avaya IP Office, 3CX). One connection at a time: a phone system that lost its own
 * connects anew, and the old one, which may hang for hours, is closed then.
 */
public final class Listen implements Way {
    private static final int LOOK_UP_MILLIS = 500;

    private final InetSocketAddress address;
    private final List<InetAddress> allowed;
    private volatile ServerSocket server;

    private Listen(InetSocketAddress address, List<InetAddress> allowed) {
        this.address = address;
        this.allowed = allowed;
    }

    /**
     * Listens at an address.
     *
     * @param allowed who may connect; empty: anybody
     */
    public static Listen on(InetSocketAddress address, List<InetAddress> allowed) {
        return new Listen(address, List.copyOf(allowed));
    }

    static Listen of(Settings.Feed feed) throws SettingsProblem {
        int port = feed.number("port", -1, 0, 65_535);
        String bind = feed.text("bind", "0.0.0.0");
        try {
            List<InetAddress> allowed = new ArrayList<>();
            for (String one : feed.text("allow", "").split(",", -1)) {
                if (!one.isBlank()) {
                    allowed.add(InetAddress.getByName(one.strip()));
                }
            }
            return new Listen(new InetSocketAddress(InetAddress.getByName(bind), port), allowed);
        } catch (UnknownHostException e) {
            throw new SettingsProblem("feed." + feed.name() + ": there is no address '" + e.getMessage() + "'.");
        }
    }

    /** The port in use, which matters where 0 was set: any free one. */
    public int port() {
        ServerSocket open = server;
        return open == null ? -1 : open.getLocalPort();
    }

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        try (ServerSocket open = new ServerSocket()) {
            open.setReuseAddress(true);
            open.bind(address);
            server = open;
            open.setSoTimeout(LOOK_UP_MILLIS);
            sink.says("listening on port " + open.getLocalPort());
            Socket current = null;
            byte[] buffer = new byte[8192];
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Socket next = accepted(open, current, sink);
                    if (next != current) {
                        close(current, sink);
                        current = next;
                        current.setSoTimeout(LOOK_UP_MILLIS);
                        current.setKeepAlive(true);
                        sink.says("connected from " + current.getInetAddress().getHostAddress());
                    }
                    if (current != null && !read(current, buffer, sink)) {
                        close(current, sink);
                        current = null;
                        sink.says("listening on port " + open.getLocalPort());
                    }
                }
            } finally {
                close(current, sink);
            }
        }
    }

    /** Who connected, or the given connection when nobody did. With one at work it does not wait. */
    private Socket accepted(ServerSocket open, Socket current, Sink sink) throws IOException {
        try {
            open.setSoTimeout(current == null ? LOOK_UP_MILLIS : 1);
            Socket caller = open.accept();
            if (allowed.isEmpty() || allowed.contains(caller.getInetAddress())) {
                return caller;
            }
            sink.says("refused " + caller.getInetAddress().getHostAddress() + ", which is not allowed");
            caller.close();
            return current;
        } catch (SocketTimeoutException e) {
            return current;
        }
    }

    /** Whether the connection is still up. */
    private static boolean read(Socket socket, byte[] buffer, Sink sink) throws IOException {
        int length;
        try {
            InputStream in = socket.getInputStream();
            length = in.read(buffer);
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
        if (length > 0) {
            sink.take(buffer, length);
        }
        return length >= 0;
    }

    private static void close(Socket socket, Sink sink) throws IOException {
        if (socket != null) {
            socket.close();
            sink.complete();
        }
    }
}
