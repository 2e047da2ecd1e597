package org.rebill.platform;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a repeated POST harmless: a request with an {@code Idempotency-Key} runs in one transaction with the keeping
 * of its answer, and the same request again gets that answer. Refused requests keep nothing, so that they can be mended
 * and sent again. For JSON documents; files are known by their hash.
 */
@Provider
@RequestScoped
@Priority(Priorities.ENTITY_CODER)
public class Idempotency implements ContainerRequestFilter, ContainerResponseFilter {
    /** Name of the request header; up to 200 characters. */
    public static final String HEADER = "Idempotency-Key";

    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_BODY = 1 << 20;
    private static final String FIRMS = "firms/";

    private final UserTransaction transaction;
    private final IdempotencyKeys keys;

    private String key;
    private UUID user;

    @Inject
    Idempotency(UserTransaction transaction, IdempotencyKeys keys) {
        this.transaction = transaction;
        this.keys = keys;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String wanted = request.getHeaderString(HEADER);
        MediaType type = request.getMediaType();
        boolean json = type == null || MediaType.APPLICATION_JSON_TYPE.isCompatible(type);
        if (wanted == null
                || !json
                || !HttpMethod.POST.equals(request.getMethod())
                || !request.getUriInfo().getPath().startsWith(FIRMS)) {
            return;
        }
        if (wanted.isBlank() || wanted.length() > LONGEST_KEY) {
            throw new Refusal.Invalid(HEADER, "idempotency.key", "An Idempotency-Key has 1 to 200 characters.");
        }
        byte[] body = request.getEntityStream().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new Refusal.TooLarge(
                    HEADER,
                    "idempotency.size",
                    "A request with an Idempotency-Key has at most 1 MiB. Send smaller pieces, or leave the key out.");
        }
        request.setEntityStream(new ByteArrayInputStream(body));
        UUID caller =
                UUID.fromString(request.getSecurityContext().getUserPrincipal().getName());
        begin();
        // From here on the response filter ends the transaction, whatever comes.
        key = wanted;
        user = caller;
        Optional<IdempotencyKeys.Answer> earlier = keys.take(caller, wanted, hash(request, body));
        if (earlier.isPresent()) {
            key = null;
            end(false);
            request.abortWith(again(earlier.get()));
        }
    }

    private static Response again(IdempotencyKeys.Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).header("Idempotency-Replayed", "true");
        if (answer.location() != null) {
            response.header(HttpHeaders.LOCATION, answer.location());
        }
        if (answer.body() != null) {
            response.type(MediaType.APPLICATION_JSON_TYPE).entity(answer.body());
        }
        return response.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (key == null) {
            return;
        }
        boolean done = response.getStatus() < 300;
        if (done) {
            String body = response.hasEntity() ? Json.write(response.getEntity()) : null;
            // What may not be stored, such as a secret that is told once, is not told again either.
            boolean secret = "no-store".equals(response.getHeaderString(HttpHeaders.CACHE_CONTROL));
            keys.answered(
                    user,
                    key,
                    new IdempotencyKeys.Answer(
                            response.getStatus(),
                            response.getHeaderString(HttpHeaders.LOCATION),
                            secret ? null : body));
            if (body != null) {
                response.setEntity(body, null, MediaType.APPLICATION_JSON_TYPE);
            }
        }
        key = null;
        end(done);
    }

    private void begin() {
        try {
            transaction.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new IllegalStateException("A transaction for the Idempotency-Key can't begin", e);
        }
    }

    private void end(boolean commit) {
        try {
            if (commit) {
                transaction.commit();
            } else if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The transaction for the Idempotency-Key did not end well", e);
        }
    }

    private static byte[] hash(ContainerRequestContext request, byte[] body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(request.getUriInfo().getRequestUri().getRawPath().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return sha256.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
