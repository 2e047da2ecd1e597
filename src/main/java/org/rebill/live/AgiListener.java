package org.rebill.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rebill.identity.LiveKeys;
import org.rebill.platform.Refusal;

/** Live checks for Asterisk by FastAGI. Runs where {@code rebill.agi.port} is set. */
@ApplicationScoped
public class AgiListener {
    private static final Logger LOG = Logger.getLogger(AgiListener.class.getName());
    private static final int OFF = -1;
    private static final int MOST_CALLS = 200;
    private static final int READ_MILLIS = 10_000;

    private final LiveKeys keys;
    private final LiveChecks checks;
    private final int port;
    private final String host;

    @Resource
    private ContextService contexts;

    private DefaultAgiServer server;

    @Inject
    AgiListener(
            LiveKeys keys,
            LiveChecks checks,
            @ConfigProperty(name = "rebill.agi.port", defaultValue = "-1") int port,
            @ConfigProperty(name = "rebill.agi.host", defaultValue = "0.0.0.0") String host) {
        this.keys = keys;
        this.checks = checks;
        this.port = port;
        this.host = host;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) throws IOException {
        if (port == OFF) {
            return;
        }
        // The library's threads know nothing of the application; the proxy, made on one of ours, brings it along.
        AgiVerify.Answers answers =
                contexts.createContextualProxy((AgiVerify.Answers) this::answer, AgiVerify.Answers.class);
        server = started(host, port, new AgiVerify(answers));
        LOG.info("FastAGI listens on port " + port);
    }

    private Optional<LiveAnswer> answer(String key, LiveQuestion question, String address) {
        try {
            return keys.holder(key, address).map(known -> checks.check(known, question));
        } catch (Refusal e) {
            // Too many wrong keys from there.
            return Optional.empty();
        }
    }

    /** A server that is ready to take calls. */
    static DefaultAgiServer started(String host, int port, AgiScript script) throws IOException {
        DefaultAgiServer server = new DefaultAgiServer(script);
        server.setAddress(InetAddress.getByName(host));
        server.setPort(port);
        server.setMaximumPoolSize(MOST_CALLS);
        server.setSocketReadTimeout(READ_MILLIS);
        Thread thread = new Thread(
                () -> {
                    try {
                        server.startup();
                    } catch (IOException | RuntimeException e) {
                        LOG.log(Level.SEVERE, "FastAGI can't listen on port " + port, e);
                    }
                },
                "FastAGI");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (server != null) {
            server.shutdown();
        }
    }
}
