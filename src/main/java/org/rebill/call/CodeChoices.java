package org.rebill.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.code.AccountCode;
import org.rebill.code.Codes;
import org.rebill.platform.Page;

/** The codes that can be given to a call, with the names people know them by. */
@RequestScoped
public class CodeChoices {
    private final Codes codes;
    private final Clients clients;
    private List<Choice> valid;

    @Inject
    CodeChoices(Codes codes, Clients clients) {
        this.codes = codes;
        this.clients = clients;
    }

    /**
     * A code and what it stands for.
     *
     * @param client the client's name; empty for the house
     * @param matter the matter's reference and name; empty when it is for the client as a whole
     */
    public record Choice(AccountCode code, String client, String matter) {
        /** All by which it can be found. */
        public String words() {
            return String.join(" ", code.code(), client, matter, code.label() == null ? "" : code.label());
        }
    }

    /** What can be dialled today, by code; the first {@value Page#MOST}. */
    public List<Choice> valid() {
        if (valid == null) {
            List<AccountCode> found =
                    codes.list(null, Codes.Filter.VALID, null, null, Page.MOST).items();
            Map<UUID, String> names = clients.names(found.stream()
                    .map(AccountCode::clientId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
            Map<UUID, Matter> matters = clients.matters(found.stream()
                    .map(AccountCode::matterId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
            valid = found.stream()
                    .map(code -> new Choice(
                            code,
                            code.house() ? "" : names.getOrDefault(code.clientId(), ""),
                            code.matterId() == null ? "" : words(matters.get(code.matterId()))))
                    .toList();
        }
        return valid;
    }

    private static String words(Matter matter) {
        return matter == null ? "" : matter.reference() + " " + matter.name();
    }
}
