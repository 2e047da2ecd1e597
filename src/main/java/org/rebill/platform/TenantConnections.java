package org.rebill.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/**
 * Gives a session its connection and names the firm to PostgreSQL, for this transaction only ({@code set local}): a
 * connection that goes back to the pool carries no firm along.
 */
public final class TenantConnections implements MultiTenantConnectionProvider<UUID>, ServiceRegistryAwareService {
    private static final long serialVersionUID = 1L;

    private transient DataSource dataSource;

    @Override
    public void injectServices(ServiceRegistryImplementor registry) {
        Map<String, Object> settings =
                registry.requireService(ConfigurationService.class).getSettings();
        Object configured = settings.get(AvailableSettings.JAKARTA_JTA_DATASOURCE);
        if (!(configured instanceof DataSource found)) {
            throw new IllegalStateException("No JTA data source in the persistence unit's settings: " + configured);
        }
        dataSource = found;
    }

    @Override
    public Connection getAnyConnection() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public Connection getConnection(UUID firm) throws SQLException {
        Connection connection = dataSource.getConnection();
        try (PreparedStatement statement = connection.prepareStatement("select app_set_tenant(?)")) {
            statement.setObject(1, firm.equals(Tenant.NONE) ? null : firm);
            statement.execute();
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public void releaseConnection(UUID firm, Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }
}
