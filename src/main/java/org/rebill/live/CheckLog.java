package org.rebill.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.rebill.platform.Tenant;

/** Checks that wait to be stored: twice a second, many at a time, so that no call waits for a disk. */
@ApplicationScoped
public class CheckLog {
    private static final Logger LOG = Logger.getLogger(CheckLog.class.getName());
    private static final int MOST = 100_000;
    private static final int SET = 5_000;
    private static final long EVERY_MILLIS = 500;

    private final CheckStore store;
    private final BlockingQueue<Check> waiting = new ArrayBlockingQueue<>(MOST);

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private ScheduledFuture<?> flushing;

    @Inject
    CheckLog(CheckStore store) {
        this.store = store;
    }

    /**
     * A check and its answer.
     *
     * @param callId the call's key; null when the phone system did not tell it
     */
    record Check(UUID firm, Instant at, UUID sourceId, UUID callId, LiveQuestion question, LiveAnswer answer) {}

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        flushing = scheduler.scheduleWithFixedDelay(this::flush, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        flushing.cancel(false);
        flush();
    }

    void add(Check check) {
        if (!waiting.offer(check)) {
            LOG.warning("100,000 live checks wait to be stored; one was answered and is not kept");
        }
    }

    /** Stores what waits; what can't be stored now waits on, unless too many others do. */
    synchronized void flush() {
        List<Check> set = new ArrayList<>();
        while (waiting.drainTo(set, SET) > 0) {
            Map<UUID, List<Check>> byFirm = set.stream().collect(Collectors.groupingBy(Check::firm));
            boolean failed = false;
            for (Map.Entry<UUID, List<Check>> entry : byFirm.entrySet()) {
                failed |= !stored(entry.getKey(), entry.getValue());
            }
            set.clear();
            if (failed) {
                return;
            }
        }
    }

    private boolean stored(UUID firm, List<Check> checks) {
        try {
            Tenant.run(firm, () -> store.store(checks));
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Live checks can't be stored now; they wait", e);
            checks.forEach(this::add);
            return false;
        }
    }
}
