package org.rebill.platform;

import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * The firm whose rows the current thread may see. Set once at the edge (a request, a job) and always taken back
 * there; the database's row level security holds the same line a second time.
 */
public final class Tenant {
    /** Stands for "no firm": no row carries it. */
    static final UUID NONE = new UUID(0, 0);

    private static final ThreadLocal<UUID> CURRENT = new ThreadLocal<>();

    private Tenant() {}

    /**
     * The current firm.
     *
     * @throws IllegalStateException outside of {@link #call}: a programming error, never a user's
     */
    public static UUID current() {
        UUID firm = CURRENT.get();
        if (firm == null) {
            throw new IllegalStateException("No firm is set on this thread");
        }
        return firm;
    }

    static UUID currentOrNone() {
        UUID firm = CURRENT.get();
        return firm == null ? NONE : firm;
    }

    /**
     * Runs the work as the given firm and puts back what was set before. The transaction must begin inside: one that
     * is already running keeps the firm it began with.
     */
    public static <T> T call(UUID firm, Callable<T> work) throws Exception {
        UUID before = CURRENT.get();
        CURRENT.set(firm);
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

    /** As {@link #call}, for work without a result and without checked exceptions. */
    public static void run(UUID firm, Runnable work) {
        try {
            call(firm, () -> {
                work.run();
                return null;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
