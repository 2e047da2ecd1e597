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
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;

/** After how many years the bytes of old files are erased, by REST. */
@Path("/firms/{firm}/retention")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class RetentionResource {
    private final Retention retention;

    @Inject
    RetentionResource(Retention retention) {
        this.retention = retention;
    }

    /**
     * The firm's rule.
     *
     * @param years after which bytes are erased; absent: all bytes are kept
     */
    public record RuleBody(Integer years, Instant setAt, String setBy) {}

    /**
     * The rule to set.
     *
     * @param years 1 to 30; all bytes are kept when left out
     */
    public record NewRule(Integer years) {}

    /**
     * A certificate.
     *
     * @param document JSON, exactly as hashed: the files with their names, sizes and hashes; only where one is asked for
     * @param sha256 hexadecimal, over the document
     */
    public record CertificateBody(
            UUID id, Instant erasedAt, int years, int files, long bytes, String sha256, String document) {
        static CertificateBody of(EraseCertificate one, boolean whole) {
            return new CertificateBody(
                    one.id(),
                    one.erasedAt(),
                    one.years(),
                    one.files(),
                    one.bytes(),
                    HexFormat.of().formatHex(one.sha256()),
                    whole ? one.document() : null);
        }
    }

    /** Certificates. */
    public record CertificateList(List<CertificateBody> items) {}

    @GET
    @Operation(summary = "After how many years the bytes of old files are erased")
    public RuleBody get() {
        return body(retention.rule().orElse(null));
    }

    private static RuleBody body(Retention.Rule rule) {
        return rule == null ? new RuleBody(null, null, null) : new RuleBody(rule.years(), rule.setAt(), rule.setBy());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set after how many years the bytes of old files are erased",
            description = "Names, counts and hashes stay, with a certificate. Never erased: files with records in "
                    + "quarantine, with calls that are still to be billed, or on statements younger than the rule.")
    public RuleBody set(NewRule rule) {
        return body(retention.set(Problems.given(rule).years()).orElse(null));
    }

    @GET
    @Path("certificates")
    @Operation(summary = "Certificates of what was erased, newest first; the last 500")
    public CertificateList certificates() {
        return new CertificateList(retention.certificates(Page.MOST).stream()
                .map(one -> CertificateBody.of(one, false))
                .toList());
    }

    @GET
    @Path("certificates/{id}")
    @Operation(summary = "One certificate, with its document")
    public CertificateBody certificate(@PathParam("id") UUID id) {
        return CertificateBody.of(retention.certificate(id), true);
    }
}
