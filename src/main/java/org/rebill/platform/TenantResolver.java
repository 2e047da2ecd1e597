package org.rebill.platform;

import java.util.UUID;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/** Tells Hibernate the firm of a new session. */
public final class TenantResolver implements CurrentTenantIdentifierResolver<UUID> {
    @Override
    public UUID resolveCurrentTenantIdentifier() {
        return Tenant.currentOrNone();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        // A session that outlived a change of firm must fail, not write to the wrong one.
        return true;
    }
}
