package org.rebill.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import org.glassfish.jersey.jackson.JacksonFeature;

/** JSON of the API is written by {@link Json}'s mapper. */
@Provider
public class RestJson implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
        context.register(JacksonFeature.withoutExceptionMappers());
        context.register((ContextResolver<ObjectMapper>) type -> Json.mapper(), ContextResolver.class);
        return true;
    }
}
