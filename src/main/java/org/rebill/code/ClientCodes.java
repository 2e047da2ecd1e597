package org.rebill.code;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Page;

/** The codes of one client on its page ({@code ?id=}); {@code edit=code} opens the form for a new one. */
@Named
@RequestScoped
public class ClientCodes {
    private final Codes codes;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private List<AccountCode> all;
    private String code;
    private String matter = "";
    private String label;

    @Inject
    ClientCodes(Codes codes, Address address, Act act, Texts texts) {
        this.codes = codes;
        this.address = address;
        this.act = act;
        this.texts = texts;
    }

    private UUID clientId() {
        return address.needed("id", "client");
    }

    /** Those that can be dialled now, of one matter, or with null of the client as a whole. */
    public List<AccountCode> of(UUID matterId) {
        if (all == null) {
            all = codes.list("", Codes.Filter.VALID, clientId(), Codes.Order.CODE, null, Page.MOST)
                    .items();
        }
        return all.stream()
                .filter(one -> Objects.equals(one.matterId(), matterId))
                .toList();
    }

    public boolean isAdding() {
        return address.is("edit", "code");
    }

    /** Gives the code out. */
    public void create() {
        act.perform(() -> {
            AccountCode created = codes.create(new Codes.Draft(
                    code, label, false, clientId(), matter.isEmpty() ? null : UUID.fromString(matter), null));
            return Act.Done.at("/app/client.xhtml?id=" + clientId(), texts.of("code.created", created.code()));
        });
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getMatter() {
        return matter;
    }

    public void setMatter(String matter) {
        this.matter = matter == null ? "" : matter;
    }

    public String getLabel() {
        return label;
    }

    public void setLabel(String label) {
        this.label = label;
    }
}
