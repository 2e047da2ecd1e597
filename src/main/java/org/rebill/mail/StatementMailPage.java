package org.rebill.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.agreement.Clients;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Page;
import org.rebill.statement.Period;
import org.rebill.statement.StatementList;
import org.rebill.statement.StatementPage;
import org.rebill.statement.StatementsPage;

/** Beside statements: whether they were sent by mail, and sending them. */
@Named
@RequestScoped
public class StatementMailPage {
    private static final int SHOWN = 20;

    private final StatementMails sending;
    private final Mails mails;
    private final Clients clients;
    private final StatementPage open;
    private final StatementsPage list;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private Map<UUID, Mail> newest;
    private List<UUID> unsent;
    private String to;

    @Inject
    StatementMailPage(
            StatementMails sending,
            Mails mails,
            Clients clients,
            StatementPage open,
            StatementsPage list,
            Address address,
            Act act,
            Texts texts) {
        this.sending = sending;
        this.mails = mails;
        this.clients = clients;
        this.open = open;
        this.list = list;
        this.address = address;
        this.act = act;
        this.texts = texts;
    }

    private static boolean office() {
        return Caller.current().hasAny(Role.OWNER, Role.CLERK);
    }

    /** The newest mail about a statement of the list; null for none, and for those who may not read mail. */
    public Mail of(UUID statement) {
        if (newest == null) {
            newest = new HashMap<>();
            if (office()) {
                Page<StatementList.Row> rows = list.getPage();
                mails.newestAbout(
                                StatementMails.KIND,
                                rows.items().stream()
                                        .map(row -> row.statement().id())
                                        .toList())
                        .forEach(mail -> newest.put(mail.about().orElseThrow().id(), mail));
            }
        }
        return newest.get(statement);
    }

    private List<UUID> unsent() {
        if (unsent == null) {
            unsent = list.isOneMonth() && office()
                    ? sending.unsent(Period.of(YearMonth.parse(month())), null)
                    : List.of();
        }
        return unsent;
    }

    private String month() {
        return list.months().stream()
                .filter(StatementsPage.Choice::chosen)
                .map(StatementsPage.Choice::value)
                .findFirst()
                .orElseThrow();
    }

    /** How many issued statements of the month are not with their clients. */
    public int getUnsent() {
        return unsent().size();
    }

    /** Sends all issued statements of the month that no mail went out about. */
    public void sendMonth() {
        act.perform(() -> {
            StatementMails.Result result = sending.sendAll(unsent());
            return Act.Done.here(
                    result.skipped().isEmpty()
                            ? texts.of("mail.statement.queued", result.queued())
                            : texts.of(
                                    "mail.statement.queued.some",
                                    result.queued(),
                                    result.skipped().size(),
                                    names(result.skipped())));
        });
    }

    private static String names(List<StatementMails.Skipped> skipped) {
        List<String> names = new ArrayList<>(skipped.stream()
                .map(StatementMails.Skipped::client)
                .distinct()
                .limit(SHOWN)
                .toList());
        if (skipped.size() > SHOWN) {
            names.add("…");
        }
        return names.stream().collect(Collectors.joining(", "));
    }

    /** All mails about the open statement, newest first. */
    public List<Mail> getMails() {
        return office()
                ? mails.list(
                                new Mails.Filter(
                                        null,
                                        StatementMails.KIND,
                                        open.getStatement().id()),
                                null,
                                SHOWN)
                        .items()
                : List.of();
    }

    /** Sends the open statement. */
    public void send() {
        act.perform(() -> {
            sending.send(address.needed("id", "statement"), getTo());
            return Act.Done.here(texts.of("mail.statement.sent", getTo()));
        });
    }

    /** Where to: the client's address until another one is typed. */
    public String getTo() {
        if (to == null) {
            String known = clients.get(open.getStatement().clientId()).email();
            to = known == null ? "" : known;
        }
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }
}
