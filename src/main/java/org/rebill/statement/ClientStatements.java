package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.rebill.page.Address;

/** The last statements of one client on its page ({@code ?id=}). */
@Named
@RequestScoped
public class ClientStatements {
    private static final int SHOWN = 12;

    private final StatementList statements;
    private final Address address;
    private List<StatementList.Row> rows;

    @Inject
    ClientStatements(StatementList statements, Address address) {
        this.statements = statements;
        this.address = address;
    }

    /** Newest first. */
    public List<StatementList.Row> rows() {
        if (rows == null) {
            rows = statements
                    .list(new StatementList.Filter(null, address.needed("id", "client"), null), null, SHOWN)
                    .items();
        }
        return rows;
    }
}
