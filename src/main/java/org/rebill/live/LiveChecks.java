package org.rebill.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.rebill.identity.Machine;
import org.rebill.intake.format.CallIds;

/**
 * Tells phone systems what a code is, from memory, and keeps what it told. Never slower than memory: the answer does not
 * wait for the check to be stored.
 */
@ApplicationScoped
public class LiveChecks {
    private final LiveViews views;
    private final CheckLog log;
    private final Clock clock;

    @Inject
    LiveChecks(LiveViews views, CheckLog log, Clock clock) {
        this.views = views;
        this.log = log;
        this.clock = clock;
    }

    /** What the phone system that holds a key is told. */
    public LiveAnswer check(Machine machine, LiveQuestion question) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LiveViews.Seen seen = views.of(machine.firm());
        LiveAnswer answer = seen.view() == null
                ? LiveView.missing(question)
                : seen.view().answer(machine.sourceId(), question, now, seen.current());
        log.add(new CheckLog.Check(
                machine.firm(),
                now,
                machine.sourceId(),
                question.call().isEmpty() ? null : CallIds.of(machine.sourceId(), question.call()),
                question,
                answer));
        return answer;
    }
}
