package org.rebill.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;

/** Groups of people by REST: they have a code policy together. */
@Path("/firms/{firm}/person-groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Codes")
@ApplicationScoped
public class GroupsResource {
    private final PersonGroups groups;

    @Inject
    GroupsResource(PersonGroups groups) {
        this.groups = groups;
    }

    /** A group and who is in it now. */
    public record GroupDocument(UUID id, String name, List<UUID> people) {}

    /** A group to be added. */
    public record GroupDraft(String name) {}

    /**
     * Somebody goes into a group, for calls that start from now on.
     *
     * @param groupId left out for none
     */
    public record Move(UUID personId, UUID groupId) {}

    @GET
    @Operation(summary = "Groups of people that have a code policy together, and who is in them now")
    public Page<GroupDocument> list() {
        Map<UUID, UUID> now = groups.now();
        return new Page<>(
                groups.list().stream().map(group -> document(group, now)).toList(), null);
    }

    private static GroupDocument document(PersonGroup group, Map<UUID, UUID> now) {
        return new GroupDocument(
                group.id(),
                group.name(),
                now.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(group.id()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @POST
    @Operation(summary = "Add a group of people")
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = GroupDocument.class)))
    public Response add(GroupDraft draft) {
        PersonGroup group = groups.add(Problems.given(draft).name());
        return Response.status(Response.Status.CREATED)
                .entity(document(group, Map.of()))
                .build();
    }

    @POST
    @Path("members")
    @Operation(summary = "Put somebody into a group, or into none, for calls that start from now on")
    @APIResponse(responseCode = "204", description = "Done")
    public void put(Move move) {
        Move given = Problems.given(move);
        groups.put(given.personId(), given.groupId());
    }
}
