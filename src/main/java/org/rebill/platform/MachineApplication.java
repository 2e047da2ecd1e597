package org.rebill.platform;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where machines push records with a source's key: beside the API, since other keys open it. */
@ApplicationPath("/intake/v1")
public class MachineApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Set.of(RestJson.class, RestProblems.class));
        classes.addAll(RestApplication.resources(true));
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        return RestApplication.PROPERTIES;
    }
}
