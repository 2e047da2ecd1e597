package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;

/** The stored papers of a whole run, one after the other, so that few are in memory at a time. */
@ApplicationScoped
public class Papers {
    private final EntityManager entities;
    private final Statements statements;

    @Inject
    Papers(EntityManager entities, Statements statements) {
        this.entities = entities;
        this.statements = statements;
    }

    /**
     * The issued statements and credit notes whose period begins in a time, by number.
     *
     * @throws Refusal.NotFound when there are none
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<UUID> of(Period within) {
        List<UUID> ids = entities.createQuery(
                        "select s.id from Statement s where s.state = :issued and s.periodFrom >= :from "
                                + "and s.periodFrom < :to order by s.number",
                        UUID.class)
                .setParameter("issued", StatementState.ISSUED)
                .setParameter("from", within.from())
                .setParameter("to", within.to())
                .getResultList();
        if (ids.isEmpty()) {
            throw new Refusal.NotFound("issued statement in this month");
        }
        return ids;
    }

    /** Writes them as a ZIP; each PDF is the stored bytes under its number. */
    void write(List<UUID> ids, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (UUID id : ids) {
            Pdf pdf = statements.pdf(id);
            zip.putNextEntry(new ZipEntry(pdf.fileName()));
            zip.write(pdf.bytes());
            zip.closeEntry();
        }
        zip.finish();
    }
}
