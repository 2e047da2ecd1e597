package org.rebill.intake.sftp;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rebill.identity.Caller;
import org.rebill.identity.Machine;
import org.rebill.intake.Intake;
import org.rebill.intake.KeyHolders;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/**
 * The SFTP server. Runs where {@code rebill.sftp.port} is set. A file counts when its sender closes it: the answer comes
 * after its bytes are committed. One whose connection ends before that is kept as it is and marked as cut.
 */
@ApplicationScoped
public class SftpDrop {
    static final AttributeKey<Machine> MACHINE = new AttributeKey<>();

    private static final Logger LOG = Logger.getLogger(SftpDrop.class.getName());
    private static final int MOST_SESSIONS = 200;
    private static final int OFF = -1;

    private final KeyHolders keys;
    private final Intake intake;
    private final int port;
    private final String host;
    private final Optional<String> hostKey;

    @Resource
    private ContextService contexts;

    private final ExecutorService afterTheEnd = Executors.newSingleThreadExecutor();
    private SshServer server;

    /** A file that was dropped. */
    record Dropped(Machine machine, String address, String name, Path path, boolean whole) {}

    @Inject
    SftpDrop(
            KeyHolders keys,
            Intake intake,
            @ConfigProperty(name = "rebill.sftp.port", defaultValue = "-1") int port,
            @ConfigProperty(name = "rebill.sftp.host", defaultValue = "0.0.0.0") String host,
            @ConfigProperty(name = "rebill.sftp.host-key") Optional<String> hostKey) {
        this.keys = keys;
        this.intake = intake;
        this.port = port;
        this.host = host;
        this.hostKey = hostKey;
    }

    @SuppressWarnings("unchecked")
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) throws IOException {
        if (port == OFF) {
            return;
        }
        // The library's threads know nothing of the application; the proxies, made on one of ours, bring it along.
        Function<Shown, Optional<Machine>> holders =
                contexts.createContextualProxy((Function<Shown, Optional<Machine>>) this::holder, Function.class);
        Function<Dropped, String> drops =
                contexts.createContextualProxy((Function<Dropped, String>) this::take, Function.class);
        server = SshServer.setUpDefaultServer();
        server.setHost(host);
        server.setPort(port);
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(Path.of(hostKey.orElseThrow(
                () -> new IllegalStateException("rebill.sftp.host-key is missing: the path of a file that keeps the"
                        + " server's key, made at the first start, so that senders know the server again")))));
        server.setPasswordAuthenticator((user, password, session) -> {
            Optional<Machine> machine = holders.apply(new Shown(user, password, "", address(session)));
            machine.ifPresent(holder -> session.setAttribute(MACHINE, holder));
            return machine.isPresent();
        });
        // Asked once whether the key would do, and again with a signature, which the library checks after this: until
        // it holds, nobody is signed in.
        server.setPublickeyAuthenticator((user, key, session) -> {
            Optional<Machine> machine = holders.apply(
                    new Shown(user, "", KeyUtils.getFingerPrint(BuiltinDigests.sha256, key), address(session)));
            machine.ifPresent(holder -> session.setAttribute(MACHINE, holder));
            return machine.isPresent();
        });
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setShellFactory(null);
        server.setCommandFactory(null);
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new DropListener(drops, afterTheEnd));
        server.setSubsystemFactories(List.of(sftp));
        server.setFileSystemFactory(new DropFolders());
        CoreModuleProperties.AUTH_TIMEOUT.set(server, Duration.ofSeconds(30));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ofMinutes(10));
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, 6);
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, MOST_SESSIONS);
        server.start();
        LOG.info("SFTP listens on port " + server.getPort());
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws IOException {
        if (server != null) {
            server.stop(true);
        }
        afterTheEnd.shutdown();
    }

    /** What a sender shows: a source's key as password, or a public key's fingerprint; the other is empty. */
    private record Shown(String user, String password, String fingerprint, String address) {}

    private Optional<Machine> holder(Shown shown) {
        try {
            return shown.fingerprint().isEmpty()
                    ? keys.holder(shown.password(), shown.address())
                    : keys.sshHolder(shown.user(), shown.fingerprint(), shown.address());
        } catch (Refusal.TooMany e) {
            LOG.fine(() -> "Too many wrong keys from " + shown.address());
            return Optional.empty();
        }
    }

    /** Keeps a dropped file; gives why it was refused for good, or nothing. */
    private String take(Dropped file) {
        try {
            return Tenant.call(file.machine().firm(), () -> Caller.machine(file.machine(), file.address())
                    .call(() -> {
                        try (InputStream content = Files.newInputStream(file.path())) {
                            intake.drop(file.machine().sourceId(), file.name(), content, file.whole());
                        }
                        return "";
                    }));
        } catch (Refusal e) {
            return e.getMessage();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            LOG.log(Level.WARNING, "A file that came by SFTP could not be kept", e);
            throw new IllegalStateException(e);
        }
    }

    static String address(Session session) {
        return session.getIoSession().getRemoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
    }
}
