package org.rebill.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import org.glassfish.jersey.jackson.JacksonFeature;

/** JSON of the API is read and written by {@link Json}'s mapper; what can't be read is told by {@link RestProblems}. */
@Provider
public class RestJson implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
        context.register(JacksonFeature.withoutExceptionMappers());
        context.register(new Mapper());
        return true;
    }

    /** A class of its own: of a lambda the server can't tell what it resolves, and takes a mapper of its own. */
    private static final class Mapper implements ContextResolver<ObjectMapper> {
        @Override
        public ObjectMapper getContext(Class<?> type) {
            return Json.mapper();
        }
    }
}
