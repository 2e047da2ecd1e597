package org.rebill.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.soteria.mechanisms.OpenIdAuthenticationMechanism;
import org.rebill.platform.ProblemBody;
import org.rebill.platform.Refusal;

/**
 * Chooses by path how a request proves who it is: a bearer token for the API, a source's key for records that a machine
 * pushes and for live checks, Keycloak's pages for ours. What proves one thing is nothing at the other two.
 */
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@ApplicationScoped
public class AuthenticationRouter implements HttpAuthenticationMechanism {
    private static final Logger LOG = Logger.getLogger(AuthenticationRouter.class.getName());
    /** Request attribute with the {@link User} of a bearer token. */
    static final String USER = AuthenticationRouter.class.getName() + ".user";
    /** Request attribute with the {@link Machine} of a source's key. */
    static final String MACHINE = AuthenticationRouter.class.getName() + ".machine";
    /** Session attribute with the page that was asked for before the log-in. */
    static final String WANTED = AuthenticationRouter.class.getName() + ".wanted";

    private final LogIn logIn;
    private final MachineKeys keys;
    private final LiveKeys liveKeys;
    private final OpenIdAuthenticationMechanism pages;
    private volatile DefaultJWTProcessor<SecurityContext> tokens;

    @Inject
    AuthenticationRouter(LogIn logIn, MachineKeys keys, LiveKeys liveKeys, OpenIdAuthenticationMechanism pages) {
        this.logIn = logIn;
        this.keys = keys;
        this.liveKeys = liveKeys;
        this.pages = pages;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        String path = AccessFilter.path(request);
        if (path.startsWith("/api/")) {
            return bearer(request, response, context);
        }
        if (path.startsWith("/intake/")) {
            return key(request, response, context, keys::holder);
        }
        if (path.startsWith("/live/")) {
            return key(request, response, context, liveKeys::holder);
        }
        boolean page = "GET".equals(request.getMethod()) && !"partial/ajax".equals(request.getHeader("Faces-Request"));
        if (context.isProtected() && context.getCallerPrincipal() == null && page) {
            String asked =
                    request.getRequestURI().substring(request.getContextPath().length());
            String query = request.getQueryString();
            request.getSession().setAttribute(WANTED, query == null ? asked : asked + "?" + query);
        }
        return pages.validateRequest(
                path.equals("/callback") ? request : new NoAnswer(request),
                new AllOrganizations(response, logIn.getIssuer()),
                context);
    }

    private AuthenticationStatus bearer(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return unauthorized(
                    response, "Bearer", "token.missing", "Send an access token as 'Authorization: Bearer …'.");
        }
        try {
            JWTClaimsSet claims = tokens().process(header.substring(7).trim(), null);
            request.setAttribute(USER, user(claims));
            return context.notifyContainerAboutLogin(claims.getSubject(), Set.of());
        } catch (BadJOSEException | ParseException | IllegalArgumentException e) {
            return unauthorized(
                    response,
                    "Bearer error=\"invalid_token\"",
                    "token.invalid",
                    "The access token is not valid here or has expired. Get a new one.");
        } catch (JOSEException e) {
            LOG.log(Level.WARNING, "Keycloak's signing keys can't be read", e);
            ProblemBody.write(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "sign-in.unreachable",
                    "The sign-in service does not answer, so the token can't be checked. Try again in a moment.");
            return AuthenticationStatus.SEND_FAILURE;
        }
    }

    private AuthenticationStatus key(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context,
            BiFunction<String, String, Optional<Machine>> holders) {
        Optional<String> sent = SentKey.of(request.getHeader("Authorization"));
        if (sent.isEmpty()) {
            return noKey(
                    response,
                    "key.missing",
                    "Send the source's key as 'Authorization: Bearer rbk_…', or as the password of Basic.");
        }
        Optional<Machine> machine;
        try {
            machine = holders.apply(sent.get(), request.getRemoteAddr());
        } catch (Refusal.TooMany e) {
            response.setHeader("Retry-After", String.valueOf(e.retryAfterSeconds()));
            ProblemBody.write(
                    response,
                    e.status(),
                    e.problems().get(0).code(),
                    e.problems().get(0).text());
            return AuthenticationStatus.SEND_FAILURE;
        }
        if (machine.isEmpty()) {
            return noKey(
                    response,
                    "key.invalid",
                    "This is no valid key of a source. Keys are made on the source's page, under Sources.");
        }
        request.setAttribute(MACHINE, machine.get());
        return context.notifyContainerAboutLogin(machine.get().sourceId().toString(), Set.of());
    }

    private static AuthenticationStatus noKey(HttpServletResponse response, String code, String text) {
        response.addHeader("WWW-Authenticate", "Bearer realm=\"intake\"");
        response.addHeader("WWW-Authenticate", "Basic realm=\"intake\", charset=\"UTF-8\"");
        ProblemBody.write(response, HttpServletResponse.SC_UNAUTHORIZED, code, text);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static User user(JWTClaimsSet claims) throws ParseException {
        List<String> organizations = claims.getStringListClaim("organization");
        return new User(
                UUID.fromString(claims.getSubject()),
                claims.getStringClaim("name"),
                claims.getStringClaim("email"),
                organizations == null ? List.of() : organizations);
    }

    private static AuthenticationStatus unauthorized(
            HttpServletResponse response, String challenge, String code, String text) {
        response.setHeader("WWW-Authenticate", challenge);
        ProblemBody.write(response, 401, code, text);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private DefaultJWTProcessor<SecurityContext> tokens() {
        DefaultJWTProcessor<SecurityContext> known = tokens;
        if (known == null) {
            known = new DefaultJWTProcessor<>();
            known.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys()));
            known.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    logIn.audience(),
                    new JWTClaimsSet.Builder()
                            .issuer(logIn.getIssuer())
                            .claim("typ", "Bearer")
                            .build(),
                    Set.of("sub", "exp")));
            tokens = known;
        }
        return known;
    }

    private JWKSource<SecurityContext> keys() {
        try {
            return JWKSourceBuilder.<SecurityContext>create(
                            URI.create(logIn.getIssuer() + "/protocol/openid-connect/certs")
                                    .toURL())
                    .retrying(true)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("rebill.oidc.issuer is not an address: " + logIn.getIssuer(), e);
        }
    }

    @Override
    public AuthenticationStatus secureResponse(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        return AuthenticationStatus.SUCCESS;
    }

    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        // Without this the log-out would do nothing.
        pages.cleanSubject(request, response, context);
    }

    /** Our pages have parameters "state" and "code" too: only at the callback's address are they Keycloak's answer. */
    private static final class NoAnswer extends HttpServletRequestWrapper {
        NoAnswer(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getParameter(String name) {
            return name.equals("state") || name.equals("code") ? null : super.getParameter(name);
        }
    }

    /**
     * Asks Keycloak for all organizations of the user: the plain scope gives a member of two firms none. Soteria
     * refuses the scope with a star in its annotation, so it is put into the redirect.
     */
    private static final class AllOrganizations extends HttpServletResponseWrapper {
        private final String issuer;

        AllOrganizations(HttpServletResponse response, String issuer) {
            super(response);
            this.issuer = issuer;
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            super.sendRedirect(
                    location.startsWith(issuer)
                            ? location.replaceFirst("([?&]scope=[^&]*\\borganization)(?=[+&%]|$)", "$1%3A*")
                            : location);
        }
    }
}
