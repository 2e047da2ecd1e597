package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.rebill.agreement.Clients;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Page;

/** A client's own statements: the list, or the one that the address names. */
@Named
@RequestScoped
public class PortalStatementsPage {
    private final Address address;
    private final Texts texts;
    private final Formats formats;
    private final PortalStatements statements;
    private final Clients clients;

    private Page<Statement> page;
    private Statement statement;
    private PaperView paper;
    private Map<UUID, StatementLife> lives;

    @Inject
    PortalStatementsPage(Address address, Texts texts, Formats formats, PortalStatements statements, Clients clients) {
        this.address = address;
        this.texts = texts;
        this.formats = formats;
        this.statements = statements;
        this.clients = clients;
    }

    /** One statement is open. */
    public boolean isOpen() {
        return address.id("id").isPresent();
    }

    private UUID id() {
        return address.needed("id", "statement");
    }

    /** Name of the client. */
    public String getClient() {
        return clients.own().name();
    }

    public Page<Statement> getPage() {
        if (page == null) {
            page = statements.list(address.id("after").orElse(null), Page.USUAL);
        }
        return page;
    }

    /** Where one of the list stands. */
    public StatementLife life(UUID id) {
        if (lives == null) {
            lives = isOpen()
                    ? Map.of(id(), statements.life(id()))
                    : statements.lives(getPage().items());
        }
        return lives.get(id);
    }

    public Statement getStatement() {
        if (statement == null) {
            statement = statements.get(id());
        }
        return statement;
    }

    /** What was printed. */
    public PaperView getPaper() {
        if (paper == null) {
            paper = new PaperView(statements.document(id()), formats, texts);
        }
        return paper;
    }

    public String getPdfHash() {
        return HexFormat.of().formatHex(getStatement().pdfSha256());
    }
}
