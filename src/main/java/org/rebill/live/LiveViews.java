package org.rebill.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rebill.platform.Tenant;

/**
 * Keeps each firm's view in this node's memory. One that is older than two seconds is compared with the firm's log by
 * one request, and read again when something was noted there; the others go on with it until it is four seconds old.
 * So a change on any node is known here in less than five seconds, and no node has to be told.
 */
@ApplicationScoped
public class LiveViews {
    private static final Logger LOG = Logger.getLogger(LiveViews.class.getName());
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration LATEST = Duration.ofSeconds(4);
    /** Firms that are kept; beyond that all are forgotten and read again as they ask. */
    private static final int MOST = 2_000;

    private final LiveLoad load;
    private final LongSupplier nanos;
    private final Map<UUID, Kept> views = new ConcurrentHashMap<>();

    @Inject
    LiveViews(LiveLoad load) {
        this(load, System::nanoTime);
    }

    LiveViews(LiveLoad load, LongSupplier nanos) {
        this.load = load;
        this.nanos = nanos;
    }

    /**
     * A firm's view.
     *
     * @param view null when nothing could be read yet
     * @param current false while the database does not answer
     */
    record Seen(LiveView view, boolean current) {}

    private static final class Kept {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Seen seen;
        private volatile long at;
    }

    /** The firm's view; at most four seconds old, or else not current. */
    Seen of(UUID firm) {
        if (views.size() > MOST) {
            views.clear();
        }
        Kept kept = views.computeIfAbsent(firm, id -> new Kept());
        Seen seen = kept.seen;
        if (seen != null && age(kept) < FRESH.toNanos()) {
            return seen;
        }
        boolean usable = seen != null && age(kept) < LATEST.toNanos();
        if (usable && !kept.lock.tryLock()) {
            return seen;
        }
        if (!usable) {
            kept.lock.lock();
        }
        try {
            if (kept.seen == null || age(kept) >= FRESH.toNanos()) {
                kept.seen = read(firm, kept.seen);
                kept.at = nanos.getAsLong();
            }
            return kept.seen;
        } finally {
            kept.lock.unlock();
        }
    }

    private long age(Kept kept) {
        return nanos.getAsLong() - kept.at;
    }

    private Seen read(UUID firm, Seen before) {
        try {
            return Tenant.call(firm, () -> {
                LiveView view = before == null ? null : before.view();
                boolean same = view != null && load.mark() == view.mark();
                return new Seen(same ? view : load.load(), true);
            });
        } catch (Exception e) {
            LOG.log(Level.WARNING, "What live checks rest on can't be read; answers come from memory", e);
            return new Seen(before == null ? null : before.view(), false);
        }
    }
}
