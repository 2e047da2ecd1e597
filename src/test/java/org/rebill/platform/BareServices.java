package org.rebill.platform;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.MappedSuperclass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.internal.ClassLoaderServiceImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.integrator.spi.Integrator;
import org.rebill.identity.Caller;

/**
 * The product's services with Hibernate on a {@link BareDatabase}, for tests of what they store and refuse without the
 * container: made by their constructors, one transaction for each call of {@link #in}. Roles are not checked here.
 */
public final class BareServices {
    private static SessionFactory sessions;

    private static final ThreadLocal<Session> SESSION = new ThreadLocal<>();

    private final Map<Class<?>, Object> made = new HashMap<>();
    private final List<Object> news = new ArrayList<>();
    private Consumer<Object> listener = event -> {};
    private Instant now;

    /**
     * @param now what the clock says
     */
    public BareServices(Instant now) {
        this.now = now;
        made.put(
                EntityManager.class,
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {EntityManager.class},
                        (proxy, method, arguments) -> {
                            try {
                                return method.invoke(SESSION.get(), arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
        made.put(
                Event.class,
                Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                            news.add(arguments[0]);
                            listener.accept(arguments[0]);
                            return null;
                        }));
        made.put(Clock.class, clock());
        made.put(Jobs.class, new Jobs(null, null, null, clock()) {
            @Override
            public void ask(String name, UUID id) {
                news.add(name + " " + id);
            }
        });
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return BareServices.this.now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(instant(), zone);
            }
        };
    }

    /** Who hears of every event at once, in the transaction it is fired in, as observers do. */
    public void hear(Consumer<Object> whoever) {
        listener = whoever;
    }

    /** What stands for a type from now on; for interfaces, whose implementation is another feature's. */
    public <T> void give(Class<T> type, T service) {
        made.put(type, service);
    }

    /** Takes this one instead of making it, such as a stand-in for a feature that a test does without. */
    public <T> void put(Class<T> type, T service) {
        made.put(type, service);
    }

    /** Moves the clock. */
    public void setNow(Instant moment) {
        now = moment;
    }

    /** Events that were fired, and jobs that were asked for as "name id", oldest first. */
    public List<Object> news() {
        return List.copyOf(news);
    }

    /** A service, or what a service needs. */
    public <T> T get(Class<T> type) {
        Object known = made.get(type);
        if (known == null) {
            known = make(type);
            made.put(type, known);
        }
        return type.cast(known);
    }

    private Object make(Class<?> type) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(Inject.class)) {
                Object[] arguments = Stream.of(constructor.getParameterTypes())
                        .map(this::get)
                        .toArray();
                try {
                    constructor.setAccessible(true);
                    return constructor.newInstance(arguments);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("Can't make " + type, e);
                }
            }
        }
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no constructor to inject into", e);
        }
    }

    /** Does work as a caller in a transaction of a firm: committed when it returns, taken back when it throws. */
    public <T> T in(UUID firm, Caller caller, Callable<T> work) throws Exception {
        return Tenant.call(
                firm,
                () -> caller.call(() -> {
                    try (Session opened = sessions().openSession()) {
                        SESSION.set(opened);
                        opened.beginTransaction();
                        try {
                            T result = work.call();
                            opened.getTransaction().commit();
                            return result;
                        } catch (Throwable e) {
                            opened.getTransaction().rollback();
                            throw e;
                        } finally {
                            SESSION.remove();
                        }
                    }
                }));
    }

    private static synchronized SessionFactory sessions() {
        if (sessions == null) {
            BootstrapServiceRegistryBuilder bootstrap = new BootstrapServiceRegistryBuilder();
            bootstrap.applyClassLoaderService(new WithoutMigrations());
            Configuration configuration = new Configuration(bootstrap.build());
            mapped().forEach(configuration::addAnnotatedClass);
            configuration.getProperties().put("hibernate.tenant_identifier_resolver", new TenantResolver());
            configuration.getProperties().put("hibernate.multi_tenant_connection_provider", new Connections());
            configuration.setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect");
            configuration.setProperty("hibernate.boot.allow_jdbc_metadata_access", "false");
            configuration.setProperty("hibernate.jdbc.time_zone", "UTC");
            configuration.setProperty("hibernate.xml_mapping_enabled", "false");
            sessions = configuration.buildSessionFactory(new StandardServiceRegistryBuilder(
                            configuration.getStandardServiceRegistryBuilder().getBootstrapServiceRegistry())
                    .applySettings(configuration.getProperties())
                    .build());
        }
        return sessions;
    }

    private static List<Class<?>> mapped() {
        try {
            Path root = Path.of(Tenant.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                List<Class<?>> types = new ArrayList<>();
                for (Path file :
                        (Iterable<Path>) files.filter(name -> name.toString().endsWith(".class"))::iterator) {
                    String name = root.relativize(file).toString().replace('/', '.');
                    Class<?> type = Class.forName(
                            name.substring(0, name.length() - ".class".length()), false, Tenant.class.getClassLoader());
                    if (type.isAnnotationPresent(Entity.class)
                            || type.isAnnotationPresent(Embeddable.class)
                            || type.isAnnotationPresent(MappedSuperclass.class)) {
                        types.add(type);
                    }
                }
                return types;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The schema is there already. */
    private static final class WithoutMigrations extends ClassLoaderServiceImpl {
        private static final long serialVersionUID = 1L;

        @Override
        public <S> Collection<S> loadJavaServices(Class<S> contract) {
            return contract == Integrator.class ? List.of() : super.loadJavaServices(contract);
        }
    }

    /** Connections as the application's role that name their firm. */
    private static final class Connections implements MultiTenantConnectionProvider<UUID> {
        private static final long serialVersionUID = 1L;

        @Override
        public Connection getAnyConnection() throws SQLException {
            return BareDatabase.get().connect();
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public Connection getConnection(UUID firm) throws SQLException {
            Connection connection = BareDatabase.get().connect();
            BareDatabase.setFirm(connection, firm);
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
            return false;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
