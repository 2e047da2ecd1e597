package org.rebill.intake.smdr;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rebill.collector.Listen;
import org.rebill.collector.Way;
import org.rebill.identity.Caller;
import org.rebill.identity.Machine;
import org.rebill.intake.Listeners;
import org.rebill.intake.SmdrInbox;
import org.rebill.intake.SmdrPorts;
import org.rebill.platform.Tenant;

/**
 * Listens where {@code rebill.smdr.ports} is set, on the ports that sources have. Each node listens on its own; bytes
 * are committed as they come and sealed into files by whichever node looks next.
 */
@ApplicationScoped
public class SmdrServer {
    private static final Logger LOG = Logger.getLogger(SmdrServer.class.getName());

    private static final int SECONDS_BETWEEN_SETS = 3;

    private final SmdrPorts ports;
    private final Listeners listeners;
    private final SmdrInbox inbox;
    private final String host;

    @Resource
    private ContextService contexts;

    private ScheduledExecutorService timer;
    private List<Listeners.Port> wanted = List.of();
    private int look;
    private final Map<UUID, Running> running = new HashMap<>();

    private record Running(Listeners.Port port, Thread thread) {}

    @Inject
    SmdrServer(
            SmdrPorts ports,
            Listeners listeners,
            SmdrInbox inbox,
            @ConfigProperty(name = "rebill.smdr.host", defaultValue = "0.0.0.0") String host) {
        this.ports = ports;
        this.listeners = listeners;
        this.inbox = inbox;
        this.host = host;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (ports.isOn()) {
            Runnable look = contexts.createContextualProxy((Runnable) this::look, Runnable.class);
            timer = Executors.newSingleThreadScheduledExecutor();
            Future<?> unused = timer.scheduleWithFixedDelay(() -> tried(look), 1, 1, TimeUnit.SECONDS);
        }
    }

    synchronized void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (timer != null) {
            timer.shutdown();
        }
        running.values().forEach(one -> one.thread().interrupt());
    }

    /** The server refuses work until the application is up; a timer that threw would never run again. */
    private static void tried(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "Tried again in a moment", e);
        }
    }

    /** Brings what listens up to what is set, every few seconds, and seals what has settled. */
    private synchronized void look() {
        try {
            if (look++ % SECONDS_BETWEEN_SETS == 0) {
                wanted = listeners.inUse();
            }
            Set<UUID> sets = new HashSet<>();
            wanted.forEach(port -> sets.add(port.setId()));
            running.entrySet().removeIf(entry -> {
                boolean over = !sets.contains(entry.getKey());
                if (over) {
                    entry.getValue().thread().interrupt();
                }
                return over || !entry.getValue().thread().isAlive();
            });
            for (Listeners.Port port : wanted) {
                if (ports.has(port.port()) && !running.containsKey(port.setId())) {
                    running.put(port.setId(), new Running(port, begin(port)));
                }
                seal(port);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The ports of phone systems can't be looked at; tried again", e);
        }
    }

    private Thread begin(Listeners.Port port) {
        Runnable listening = contexts.createContextualProxy((Runnable) () -> listen(port), Runnable.class);
        Thread thread = new Thread(listening, "smdr " + port.port());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void listen(Listeners.Port port) {
        try {
            List<InetAddress> allowed = new ArrayList<>();
            for (String address : port.allowed()) {
                allowed.add(InetAddress.getByName(address));
            }
            Listen listen = Listen.on(new InetSocketAddress(InetAddress.getByName(host), port.port()), allowed);
            listen.run(new Stream(port));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UnknownHostException e) {
            LOG.log(Level.WARNING, e, () -> "Port " + port.port() + ": there is no such address");
        } catch (Exception e) {
            // Ended here; looked at again in a second. What was not committed was not taken.
            LOG.log(Level.WARNING, e, () -> "Port " + port.port() + " stopped listening and begins anew");
        }
    }

    private void seal(Listeners.Port port) {
        try {
            in(port, () -> {
                for (SmdrInbox.Waiting waiting : inbox.waiting(port.sourceId())) {
                    inbox.seal(port.sourceId(), waiting.stream(), waiting.torn());
                }
                return null;
            });
        } catch (Exception e) {
            LOG.log(Level.WARNING, e, () -> "What came on port " + port.port() + " could not be sealed; tried again");
        }
    }

    private static <T> T in(Listeners.Port port, Callable<T> work) throws Exception {
        return Tenant.call(port.firm(), () -> Caller.machine(
                        new Machine(port.firm(), port.sourceId(), "SMDR port " + port.port()), "")
                .call(work));
    }

    /** What one port takes; a stream for each connection. */
    private final class Stream implements Way.Sink {
        private final Listeners.Port port;
        private UUID id = UUID.randomUUID();
        private long no;

        private Stream(Listeners.Port port) {
            this.port = port;
        }

        @Override
        public void take(byte[] bytes, int length) throws IOException {
            byte[] piece = Arrays.copyOf(bytes, length);
            no++;
            run(() -> inbox.append(port.sourceId(), id, no, piece));
        }

        @Override
        public void complete() throws IOException {
            UUID ended = id;
            id = UUID.randomUUID();
            no = 0;
            try {
                boolean more = true;
                while (more) {
                    more = in(port, () -> inbox.seal(port.sourceId(), ended, true));
                }
            } catch (Exception e) {
                // It is kept, and sealed by a later look.
                LOG.log(Level.FINE, "What a connection brought is sealed later", e);
            }
        }

        @Override
        public void says(String what) {
            LOG.fine(() -> "Port " + port.port() + ": " + what);
        }

        private void run(Runnable work) throws IOException {
            try {
                in(port, () -> {
                    work.run();
                    return null;
                });
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
