package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** The port on which the service listens for a source's records, by REST. */
@Path("/firms/{firm}/sources/{id}/listener")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class ListenerResource {
    private final Listeners listeners;

    @Inject
    ListenerResource(Listeners listeners) {
        this.listeners = listeners;
    }

    /**
     * A port.
     *
     * @param allowed addresses that may connect, separated by blanks; empty: any
     */
    public record ListenerBody(int port, String allowed, Instant madeAt, String madeBy) {
        static ListenerBody of(SourceListener listener) {
            return new ListenerBody(listener.port(), listener.allowed(), listener.madeAt(), listener.madeBy());
        }
    }

    /**
     * A port to listen on.
     *
     * @param allowed addresses that may connect, separated by blanks; any when left out
     */
    public record Listening(Integer port, String allowed) {}

    @GET
    @Operation(summary = "The port on which the service listens for the source (404: it does not)")
    public ListenerBody get(@PathParam("id") UUID id) {
        return listeners.of(id).map(ListenerBody::of).orElseThrow(() -> new Refusal.NotFound("listener"));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Have the service listen for the source's records on a TCP port (SMDR)",
            description = "Where the people who run the service have set ports aside for that.")
    public ListenerBody listen(@PathParam("id") UUID id, Listening listening) {
        Listening sent = Problems.given(listening);
        return ListenerBody.of(listeners.listen(id, sent.port() == null ? 0 : sent.port(), sent.allowed()));
    }

    @DELETE
    @Operation(summary = "End the listening for the source")
    public void stop(@PathParam("id") UUID id) {
        listeners.stop(id);
    }
}
