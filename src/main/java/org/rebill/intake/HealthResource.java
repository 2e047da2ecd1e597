package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Problems;

/** How a source is doing, by REST. */
@Path("/firms/{firm}/sources/{id}/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class HealthResource {
    private final SourceHealth health;

    @Inject
    HealthResource(SourceHealth health) {
        this.health = health;
    }

    /**
     * An hour.
     *
     * @param usual what the same hour of the earlier weeks had: the lower median of up to four
     */
    public record HourBody(Instant at, long records, long usual) {}

    /**
     * How a source is doing.
     *
     * @param lastAt start of its latest record; absent when none has come
     * @param silentHours full hours since then in which there usually are records
     * @param silenceHours what is set; absent when it is told by the way of its records
     * @param limit silent hours that are told of; 0 for none
     * @param hours the last seven days, the latest hour last
     */
    public record HealthBody(
            Health.State state,
            Instant lastAt,
            int silentHours,
            Integer silenceHours,
            int limit,
            List<HourBody> hours) {
        static HealthBody of(Health health, Integer silenceHours) {
            return new HealthBody(
                    health.state(),
                    health.lastAt(),
                    health.silentHours(),
                    silenceHours,
                    health.limit(),
                    health.hours().stream()
                            .map(hour -> new HourBody(hour.at(), hour.records(), hour.usual()))
                            .toList());
        }
    }

    /**
     * After how long a silence somebody is told.
     *
     * @param silenceHours hours without a record in which there usually are some, 1 to 500; 0: never; left out: after 8,
     *     where records come by machine
     */
    public record Watch(Integer silenceHours) {}

    @GET
    @Operation(summary = "How a source is doing: its records by the hour against the same hours of other weeks")
    public HealthBody get(@PathParam("id") UUID id) {
        return HealthBody.of(health.of(id), health.silenceHours(id));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set after how long a silence of a source somebody is told",
            description =
                    "Only hours count in which other weeks had records, so that nights and weekends alarm nobody.")
    public HealthBody watch(@PathParam("id") UUID id, Watch watch) {
        Integer hours = Problems.given(watch).silenceHours();
        return HealthBody.of(health.tellAfter(id, hours), hours);
    }
}
