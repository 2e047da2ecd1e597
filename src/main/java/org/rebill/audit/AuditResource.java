package org.rebill.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;

/** The firm's audit log by REST. */
@Path("/firms/{firm}/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
@ApplicationScoped
public class AuditResource {
    private static final int MOST = 500;

    private final AuditLog log;

    @Inject
    AuditResource(AuditLog log) {
        this.log = log;
    }

    /**
     * One act.
     *
     * @param entry the act's own document, exactly as hashed
     * @param previousHash hexadecimal SHA-256 of the entry before
     * @param hash hexadecimal SHA-256 over the previous hash's bytes and the document's bytes (UTF-8)
     */
    public record Act(
            long seq,
            Instant at,
            String actor,
            String action,
            String subject,
            @JsonRawValue @Schema(type = SchemaType.OBJECT) String entry,
            String previousHash,
            String hash) {
        static Act of(AuditEntry entry) {
            return new Act(
                    entry.seq(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.subject(),
                    entry.entry(),
                    HexFormat.of().formatHex(entry.previousHash()),
                    HexFormat.of().formatHex(entry.hash()));
        }
    }

    /**
     * Whether the chain holds.
     *
     * @param broken what is wrong at the first broken entry; absent when all hold
     */
    public record Verification(boolean holds, String broken) {}

    @GET
    @Operation(summary = "What was done in the firm, newest first")
    public Page<Act> list(
            @Parameter(description = "Take up after this entry: the 'next' of the page before") @QueryParam("after")
                    Long after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = Math.max(1, Math.min(MOST, limit));
        List<AuditEntry> entries = log.newest(after == null ? Long.MAX_VALUE : after, most);
        String next = entries.size() < most
                ? null
                : String.valueOf(entries.get(entries.size() - 1).seq());
        return new Page<>(entries.stream().map(Act::of).toList(), next);
    }

    @GET
    @Path("verification")
    @Operation(summary = "Recompute the chain of hashes from its first entry")
    public Verification verify() {
        Optional<String> broken = log.firstBreak();
        return new Verification(broken.isEmpty(), broken.orElse(null));
    }
}
