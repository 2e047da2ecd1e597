package org.rebill.firm;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.identity.AccessFilter;
import org.rebill.identity.User;
import org.rebill.platform.Refusal;

/** Who the token belongs to. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Me")
@RequestScoped
public class MeResource {
    private final MyFirms firms;
    private final HttpServletRequest request;

    @Inject
    MeResource(MyFirms firms, HttpServletRequest request) {
        this.firms = firms;
        this.request = request;
    }

    /**
     * Someone who is signed in.
     *
     * @param id the user's key at Keycloak
     * @param firms by name; the slug of one stands in all its addresses
     */
    public record Me(UUID id, String name, String email, List<MyFirms.MyFirm> firms) {}

    @GET
    @Operation(summary = "Who am I, and in which firms may I do what?")
    public Me me() {
        User user = AccessFilter.user(request).orElseThrow(() -> new Refusal.Forbidden("Sign in first, with a token."));
        return new Me(user.id(), user.name(), user.email(), firms.of(user));
    }
}
