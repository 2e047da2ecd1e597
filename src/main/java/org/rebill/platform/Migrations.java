package org.rebill.platform;

import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Brings the schema up to date before the first session, as the schema's owner. The application itself connects as a
 * role that owns nothing.
 */
public final class Migrations implements Integrator {
    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        Config config = ConfigProvider.getConfig();
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(
                        config.getValue("rebill.db.url", String.class),
                        config.getValue("rebill.db.owner.user", String.class),
                        config.getValue("rebill.db.owner.password", String.class))
                .placeholders(Map.of("app_role", config.getValue("rebill.db.user", String.class)))
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
        // Nothing is held between start and stop.
    }
}
