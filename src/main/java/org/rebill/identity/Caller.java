package org.rebill.identity;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.rebill.platform.Refusal;

/**
 * Who acts on the current thread, in the current firm.
 *
 * @param userId Keycloak's subject; null for the service itself and for machines
 * @param name for people and for the audit log
 * @param address where the request came from; empty for the service itself
 * @param roles in the current firm; the service itself has none and may do everything
 * @param personId the firm's person this user is, or null
 * @param clientId the client this user belongs to (role CLIENT), or null
 */
public record Caller(UUID userId, String name, String address, Set<Role> roles, UUID personId, UUID clientId) {
    private static final ThreadLocal<Caller> CURRENT = new ThreadLocal<>();

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** The service's own acts: jobs and demo loading. */
    public static Caller service(String name) {
        return new Caller(null, name, "", Set.of(), null, null);
    }

    /** A machine with a source's key; may do nothing but send records to its source. */
    public static Caller machine(Machine machine, String address) {
        return new Caller(null, machine.name(), address, Set.of(Role.SOURCE), null, null);
    }

    /** The current one. Refused (403) when nobody is known, so that nothing is ever done by nobody. */
    public static Caller current() {
        Caller caller = CURRENT.get();
        if (caller == null) {
            throw new Refusal.Forbidden("Sign in and choose a firm first.");
        }
        return caller;
    }

    /** Runs the work as this caller. */
    public <T> T call(Callable<T> work) throws Exception {
        Caller before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** The service itself, in a job or while it sets a firm up; never a request. */
    public boolean isService() {
        return userId == null && roles.isEmpty();
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    public boolean hasAny(Role... any) {
        for (Role role : any) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** Works for the firm with a view on all calls, not on the own ones only. */
    public boolean seesAllCalls() {
        return isService() || hasAny(Role.OWNER, Role.CLERK);
    }
}
