package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rebill.identity.Caller;
import org.rebill.platform.Job;
import org.rebill.platform.Refusal;

/** Works a batch off. What is refused is noted and does not keep the others; a broken database is tried again later. */
@ApplicationScoped
class IssueBatchJob implements Job {
    static final String NAME = "issue-statements";

    private static final Logger LOG = Logger.getLogger(IssueBatchJob.class.getName());
    private static final int TRIES = 3;

    private final IssueBatches batches;

    @Inject
    IssueBatchJob(IssueBatches batches) {
        this.batches = batches;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) throws Exception {
        Optional<Caller> asker = batches.asker(id);
        Optional<Integer> next = batches.next(id);
        while (next.isPresent()) {
            int no = next.get();
            if (asker.isEmpty()) {
                batches.refused(id, no, "Who asked for it has no role in this firm any more.");
            } else {
                asker.get().call(() -> {
                    issue(id, no);
                    return null;
                });
            }
            next = batches.next(id);
        }
    }

    private void issue(UUID id, int no) {
        for (int tries = 1; ; tries++) {
            try {
                batches.issue(id, no);
                return;
            } catch (Refusal refusal) {
                batches.refused(id, no, refusal.getMessage());
                return;
            } catch (RuntimeException e) {
                // Such as a deadlock with somebody who changes the same calls.
                LOG.log(Level.WARNING, e, () -> "A statement of a batch could not be issued");
                if (tries == TRIES) {
                    batches.refused(
                            id, no, "It could not be issued: something went wrong here. Try it again by itself.");
                    return;
                }
            }
        }
    }
}
