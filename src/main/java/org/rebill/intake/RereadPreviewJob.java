package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.rebill.call.CutOtherwise;
import org.rebill.identity.Caller;
import org.rebill.platform.Job;

/** Finds out what reading files again would change. A run that was killed left nothing behind and begins anew. */
@ApplicationScoped
public class RereadPreviewJob implements Job {
    static final String NAME = "reread-preview";

    private final RereadFiles files;
    private final RereadList list;

    @Inject
    RereadPreviewJob(RereadFiles files, RereadList list) {
        this.files = files;
        this.list = list;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) throws Exception {
        Caller.service("Rebill").call(() -> {
            if (files.state(id).equals(Optional.of(Reread.State.PREVIEWING))) {
                list.clear(id);
                try {
                    files.preview(id);
                } catch (RereadFiles.Previewed preview) {
                    files.previewed(id, preview);
                } catch (CutOtherwise | RereadFiles.NotPossible e) {
                    files.failed(id, e.getMessage());
                }
            }
            return null;
        });
    }
}
