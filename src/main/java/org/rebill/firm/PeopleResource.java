package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Problems;

/** The firm's people by REST, with what an hour of each is worth where nothing is agreed. */
@Path("/firms/{firm}/people")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Settings")
@ApplicationScoped
public class PeopleResource {
    private final Firms firms;
    private final DefaultRates rates;

    @Inject
    PeopleResource(Firms firms, DefaultRates rates) {
        this.firms = firms;
        this.rates = rates;
    }

    /**
     * Someone who takes calls.
     *
     * @param hourlyRate what an hour is worth where nothing is agreed, in the firm's currency; absent when nobody said
     */
    public record PersonDocument(UUID id, String name, String initials, String title, BigDecimal hourlyRate) {
        static PersonDocument of(Person person) {
            return new PersonDocument(
                    person.id(), person.name(), person.initials(), person.title(), person.hourlyRate());
        }
    }

    /**
     * A default rate.
     *
     * @param hourlyRate in the firm's currency, above 0; left out: none
     */
    public record RateDocument(BigDecimal hourlyRate) {}

    @GET
    @Allow({Role.OWNER, Role.CLERK})
    @Operation(summary = "The firm's people, by name")
    public List<PersonDocument> list() {
        return firms.people().stream().map(PersonDocument::of).toList();
    }

    @PUT
    @Path("{person}/rate")
    @Operation(
            summary = "Say what an hour of a person is worth where nothing is agreed",
            description = "An owner's right. It values lost advice; no call is ever billed by it.")
    public PersonDocument rate(@PathParam("person") UUID person, RateDocument rate) {
        return PersonDocument.of(rates.set(person, Problems.given(rate).hourlyRate()));
    }
}
