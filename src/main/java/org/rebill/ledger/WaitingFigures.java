package org.rebill.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.rebill.page.Formats;

/** What is on no statement yet, on pages that show clients. */
@Named("waiting")
@RequestScoped
public class WaitingFigures {
    private final Waiting waiting;
    private final Formats formats;
    private final Map<UUID, List<Waiting.Sum>> read = new HashMap<>();

    @Inject
    WaitingFigures(Waiting waiting, Formats formats) {
        this.waiting = waiting;
        this.formats = formats;
    }

    /** Reads it for a list of clients in one go; shows nothing. */
    public String read(List<UUID> clientIds) {
        clientIds.forEach(client -> read.put(client, new ArrayList<>()));
        waiting.of(clientIds).forEach(sum -> read.get(sum.clientId()).add(sum));
        return "";
    }

    private List<Waiting.Sum> of(UUID clientId) {
        if (!read.containsKey(clientId)) {
            read(List.of(clientId));
        }
        return read.get(clientId);
    }

    /** A client's amount, in each currency it was rated in; a dash for none. */
    public String amount(UUID clientId) {
        return amount(clientId, sum -> true);
    }

    /** The amount of one of a client's matters, with null of what is for the client as a whole; a dash for none. */
    public String amount(UUID clientId, UUID matterId) {
        return amount(clientId, sum -> Objects.equals(sum.matterId(), matterId));
    }

    private String amount(UUID clientId, Predicate<Waiting.Sum> which) {
        Map<String, BigDecimal> byCurrency = new HashMap<>();
        of(clientId).stream()
                .filter(which)
                .forEach(sum -> byCurrency.merge(sum.currency(), sum.amount(), BigDecimal::add));
        return byCurrency.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> formats.money(entry.getValue(), entry.getKey()))
                .reduce((one, other) -> one + " + " + other)
                .orElse("–");
    }

    /** A client's calls. */
    public long calls(UUID clientId) {
        return of(clientId).stream().mapToLong(Waiting.Sum::calls).sum();
    }

    /** A client's billed time, in seconds. */
    public long seconds(UUID clientId) {
        return of(clientId).stream().mapToLong(Waiting.Sum::billedSeconds).sum();
    }

    /** The billed time of one of a client's matters, in seconds. */
    public long seconds(UUID clientId, UUID matterId) {
        return of(clientId).stream()
                .filter(sum -> Objects.equals(sum.matterId(), matterId))
                .mapToLong(Waiting.Sum::billedSeconds)
                .sum();
    }
}
