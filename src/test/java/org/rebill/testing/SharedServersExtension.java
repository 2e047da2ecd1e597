package org.rebill.testing;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentScenarioGenerator;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Tells Arquillian to use our servers and the one deployment for every test class. */
public final class SharedServersExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(DeployableContainer.class, SharedServers.class)
                .service(DeploymentScenarioGenerator.class, SharedDeployment.class);
    }
}
