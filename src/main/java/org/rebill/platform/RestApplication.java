package org.rebill.platform;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The REST API. Its resources are our beans with a path, each in its feature's package. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Rebill",
                        version = "1",
                        description = "Calls in, agreed prices, statements out. Send an access token of Keycloak as "
                                + "bearer token. Problems are RFC 9457 documents with a code, a text for people and "
                                + "the field. Times are instants (ISO 8601), durations whole seconds, money decimals "
                                + "in the currency named beside them."),
        security = @SecurityRequirement(name = "keycloak"))
@SecurityScheme(
        securitySchemeName = "keycloak",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT")
@SecurityScheme(
        securitySchemeName = "source-key",
        description =
                "A source's key, rbk_…, for pushing records to it. HTTP Basic with the key as password is taken too.",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "rbk_…")
public class RestApplication extends Application {
    /** Left to itself, the server finds JSON-B first and never uses {@link RestJson}. */
    static final Map<String, Object> PROPERTIES = Map.of("jersey.config.server.disableAutoDiscovery", true);

    /** Not left to scanning: Jersey would also take the interfaces of Keycloak's admin client for resources. */
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Set.of(RestJson.class, RestProblems.class, Idempotency.class));
        classes.addAll(resources(false));
        return classes;
    }

    /** Our beans with a path, of one of the two applications. */
    static Set<Class<?>> resources(boolean forMachines) {
        Set<Class<?>> classes = new HashSet<>();
        for (Bean<?> bean : CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> type = bean.getBeanClass();
            if (type.isAnnotationPresent(Path.class) && type.isAnnotationPresent(ForMachines.class) == forMachines) {
                classes.add(type);
            }
        }
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        return PROPERTIES;
    }
}
