package org.rebill.platform;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;

/** The application's connection pools and the persistence context. */
@DataSourceDefinition(
        name = "java:app/rebill/db",
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${MPCONFIG=rebill.db.url}",
        user = "${MPCONFIG=rebill.db.user}",
        password = "${MPCONFIG=rebill.db.password}",
        minPoolSize = 2,
        maxPoolSize = 20,
        properties = {"reWriteBatchedInserts=true", "logServerErrorDetail=false", "ApplicationName=rebill"})
// The job library commits by itself: its connections stay out of the application's transactions.
@DataSourceDefinition(
        name = "java:app/rebill/jobs",
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${MPCONFIG=rebill.db.url}",
        user = "${MPCONFIG=rebill.db.user}",
        password = "${MPCONFIG=rebill.db.password}",
        transactional = false,
        minPoolSize = 1,
        maxPoolSize = 4,
        properties = {"logServerErrorDetail=false", "ApplicationName=rebill-jobs"})
@ApplicationScoped
public class Database {
    @PersistenceContext(unitName = "rebill")
    private EntityManager entities;

    /** The container's entity manager: a session per transaction, bound to the firm the transaction began with. */
    @Produces
    @Dependent
    EntityManager entities() {
        return entities;
    }

    /** The one clock. Times are instants; zones are the firm's. */
    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }
}
