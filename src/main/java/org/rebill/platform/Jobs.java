package org.rebill.platform;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Background work, kept in PostgreSQL by db-scheduler: a job that was asked for in a transaction exists exactly when
 * that transaction was committed, survives a kill, and is taken up by any node when its heartbeat stops. Routines come
 * back by themselves, on one node at a time.
 */
@ApplicationScoped
public class Jobs {
    private static final Logger LOG = Logger.getLogger(Jobs.class.getName());
    private static final int THREADS = 2;

    private final Instance<Job> jobs;
    private final Instance<Routine> routines;
    private final FirmDirectory firms;
    private final Clock clock;

    @Resource(lookup = "java:app/rebill/db")
    private DataSource inTransaction;

    @Resource(lookup = "java:app/rebill/jobs")
    private DataSource own;

    @Resource
    private ContextService contexts;

    private Scheduler scheduler;
    private SchedulerClient client;

    @Inject
    Jobs(@Any Instance<Job> jobs, @Any Instance<Routine> routines, FirmDirectory firms, Clock clock) {
        this.jobs = jobs;
        this.routines = routines;
        this.firms = firms;
        this.clock = clock;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        List<Task<?>> tasks = new ArrayList<>();
        jobs.forEach(job -> tasks.add(task(job)));
        List<RecurringTask<Void>> rounds = new ArrayList<>();
        routines.forEach(routine -> rounds.add(rounds(routine)));
        client = SchedulerClient.Builder.create(inTransaction).build();
        scheduler = Scheduler.create(own, tasks)
                .startTasks(rounds)
                .threads(THREADS)
                .pollingInterval(Duration.ofMillis(500))
                .heartbeatInterval(Duration.ofSeconds(5))
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
        scheduler.start();
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    private Task<Void> task(Job job) {
        String name = job.name();
        // The library's threads know nothing of the application; the proxy, made on one of ours, brings its naming
        // context and class loader along.
        @SuppressWarnings("unchecked")
        Consumer<String> work =
                contexts.createContextualProxy((Consumer<String>) instance -> run(job, instance), Consumer.class);
        FailureHandler<Void> later = new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(2), 2);
        return Tasks.oneTime(name, Void.class)
                .onFailure((complete, operations) -> {
                    Optional<Instant> asked = later(complete.getCause().orElse(null));
                    if (asked.isPresent()) {
                        operations.reschedule(complete, asked.get());
                        return;
                    }
                    LOG.log(
                            Level.WARNING,
                            "Job " + name + " failed and is tried again",
                            complete.getCause().orElse(null));
                    later.onFailure(complete, operations);
                })
                .execute((instance, context) -> work.accept(instance.getId()));
    }

    private RecurringTask<Void> rounds(Routine routine) {
        Runnable round = contexts.createContextualProxy((Runnable) () -> round(routine), Runnable.class);
        return Tasks.recurring(routine.name(), FixedDelay.of(routine.every()))
                .execute((instance, context) -> round.run());
    }

    /** One round; a firm that it fails for does not keep the others from it. */
    private void round(Routine routine) {
        for (UUID firm : firms.all()) {
            try {
                Tenant.call(firm, () -> {
                    routine.run();
                    return null;
                });
            } catch (Exception e) {
                LOG.log(Level.WARNING, e, () -> "Routine " + routine.name() + " failed for firm " + firm);
            }
        }
    }

    /** The proxy and the library may have wrapped it. */
    private static Optional<Instant> later(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Job.Later later) {
                return Optional.of(later.at());
            }
        }
        return Optional.empty();
    }

    private static void run(Job job, String instance) {
        int slash = instance.indexOf('/');
        UUID firm = UUID.fromString(instance.substring(0, slash));
        UUID id = UUID.fromString(instance.substring(slash + 1));
        try {
            Tenant.call(firm, () -> {
                job.run(id);
                return null;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks for work in the running transaction and the current firm; the same thing is not asked for twice. */
    public void ask(String name, UUID id) {
        client.scheduleIfNotExists(new TaskInstance<Void>(name, Tenant.current() + "/" + id), clock.instant());
    }

    /**
     * Asks for work at a time, in the running transaction and the current firm; what waits for another time is moved
     * to this one.
     */
    public void askAt(String name, UUID id, Instant at) {
        TaskInstance<Void> instance = new TaskInstance<>(name, Tenant.current() + "/" + id);
        if (!client.scheduleIfNotExists(instance, at)) {
            client.getScheduledExecution(instance)
                    .filter(known -> !known.isPicked())
                    .ifPresent(known -> client.reschedule(instance, at));
        }
    }
}
