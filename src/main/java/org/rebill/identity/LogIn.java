package org.rebill.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The pages' log-in: OpenID Connect with Keycloak. The principal's name is Keycloak's subject. */
@OpenIdAuthenticationMechanismDefinition(
        providerURI = "${logIn.issuer}",
        clientId = "${logIn.clientId}",
        clientSecret = "${logIn.clientSecret}",
        redirectURI = "${baseURL}/callback",
        redirectToOriginalResource = false,
        scope = {"openid", "profile", "email", "organization"},
        claimsDefinition = @ClaimsDefinition(callerNameClaim = "sub", callerGroupsClaim = "groups"),
        logout = @LogoutDefinition(notifyProvider = true, redirectURI = "${baseURL}/"),
        tokenAutoRefresh = true,
        jwksConnectTimeout = 5000,
        jwksReadTimeout = 5000)
@ApplicationScoped
@Named("logIn")
public class LogIn {
    @Inject
    @ConfigProperty(name = "rebill.oidc.issuer")
    private String issuer;

    @Inject
    @ConfigProperty(name = "rebill.oidc.client-id")
    private String clientId;

    @Inject
    @ConfigProperty(name = "rebill.oidc.client-secret")
    private String clientSecret;

    @Inject
    @ConfigProperty(name = "rebill.api.audience")
    private String audience;

    /** Address of the realm. */
    public String getIssuer() {
        return issuer;
    }

    public String getClientId() {
        return clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    /** What a bearer token must name as its audience. */
    String audience() {
        return audience;
    }
}
