package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.rebill.call.CutOtherwise;
import org.rebill.identity.Caller;
import org.rebill.platform.Job;

/** Reads files again for good, in one transaction: all of it is done, or nothing and it begins anew. */
@ApplicationScoped
public class RereadApplyJob implements Job {
    static final String NAME = "reread-apply";

    private final RereadFiles files;

    @Inject
    RereadApplyJob(RereadFiles files) {
        this.files = files;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) throws Exception {
        Caller.service("Rebill").call(() -> {
            try {
                files.apply(id);
            } catch (CutOtherwise | RereadFiles.NotPossible e) {
                files.failed(id, e.getMessage());
            }
            return null;
        });
    }
}
