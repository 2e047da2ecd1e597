package org.rebill.evidence;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import org.rebill.page.Address;
import org.rebill.page.Texts;

/** What one call's amount rests on: the office's page ({@code ?call=}), and the client's ({@code ?id=&call=}). */
@Named
@RequestScoped
public class EvidencePage {
    private final Proofs proofs;
    private final Address address;
    private final Texts texts;
    private Evidence evidence;

    @Inject
    EvidencePage(Proofs proofs, Address address, Texts texts) {
        this.proofs = proofs;
        this.address = address;
        this.texts = texts;
    }

    private UUID call() {
        return address.needed("call", "call");
    }

    /** Of a call, for who works for the firm. */
    public Evidence getOffice() {
        if (evidence == null) {
            evidence = proofs.ofCall(call());
        }
        return evidence;
    }

    /** Of a call on a statement of the client's own. */
    public Evidence getOwn() {
        if (evidence == null) {
            evidence = proofs.ofOwnCall(address.needed("id", "statement"), call());
        }
        return evidence;
    }

    /** The agreement that a line was priced by; null where it was not priced. */
    public Evidence.Agreed agreed(Evidence.Line line) {
        return evidence.agreements().stream()
                .filter(agreed -> agreed.versionId().equals(line.charge().agreementVersionId()))
                .findFirst()
                .orElse(null);
    }

    /** Its records, the late ones last. */
    public List<Evidence.Source> records(Evidence.Line line) {
        return java.util.stream.Stream.concat(line.records().stream(), line.late().stream())
                .toList();
    }

    /** What was done, in words. */
    public String act(Evidence.Act act) {
        String key = "audit." + act.action();
        return texts.has(key) ? texts.get(key) : act.action().replace('.', ' ').replace('-', ' ');
    }
}
