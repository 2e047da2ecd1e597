package org.rebill.testing;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The application's own pool, for tests inside the server. */
@ApplicationScoped
class ServersDatabase {
    @Resource(lookup = "java:app/rebill/jobs")
    private DataSource pool;

    Connection connect() throws SQLException {
        return pool.getConnection();
    }
}
