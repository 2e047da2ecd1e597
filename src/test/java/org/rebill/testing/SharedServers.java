package org.rebill.testing;

import java.nio.file.Path;
import java.util.logging.Logger;
import org.jboss.arquillian.container.spi.ConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.rebill.launcher.Servers;

/**
 * Arquillian's container: the servers of the one-command start, started before the first test class. The first
 * deployment is the only one; all test classes run on it, and it ends with the servers after the last.
 */
public final class SharedServers implements DeployableContainer<SharedServers.NoSettings> {
    private static final Logger LOG = Logger.getLogger(SharedServers.class.getName());
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path BUILD = PROJECT.resolve("target");

    private static Servers running;

    private boolean tried;
    private boolean deployed;

    /** Nothing can be set. */
    public static final class NoSettings implements ContainerConfiguration {
        @Override
        public void validate() throws ConfigurationException {
            // Nothing can be wrong.
        }
    }

    /** The servers of this run, for code that runs outside of them. */
    public static Servers running() {
        if (running == null) {
            throw new IllegalStateException("The servers run for tests that extend InServer, FromOutside or InBrowser");
        }
        return running;
    }

    @Override
    public Class<NoSettings> getConfigurationClass() {
        return NoSettings.class;
    }

    @Override
    public void start() throws LifecycleException {
        TestMail.start();
        start(Servers.forTests(PROJECT, BUILD, LOG::info));
    }

    private static void start(Servers servers) {
        running = servers;
    }

    @Override
    public void stop() throws LifecycleException {
        running().close();
        TestMail.stop();
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        if (!tried) {
            tried = true;
            Path war = BUILD.resolve("it").resolve("rebill-with-tests.war");
            archive.as(ZipExporter.class).exportTo(war.toFile(), true);
            running().startApplication(war);
            deployed = true;
        }
        if (!deployed) {
            throw new DeploymentException("The application could not be deployed for the first test class; see there");
        }
        HTTPContext context =
                new HTTPContext(running().url().getHost(), running().url().getPort());
        context.add(new Servlet("ArquillianServletRunnerEE9", "/"));
        return new ProtocolMetaData().addContext(context);
    }

    @Override
    public void undeploy(Archive<?> archive) {
        // Stays for the next test class.
    }
}
