package org.rebill.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.rebill.ledger.CallFacts.TalkFacts;
import org.rebill.platform.Copy;
import org.rebill.platform.Json;
import org.rebill.platform.Sql;
import org.rebill.rating.Rated;

/** Writes the charges of many calls at once, on the connection of the running transaction. */
final class ChargeWriter {
    private static final String CALLS = "create temporary table if not exists settled_call "
            + "(opened_at timestamptz not null, call_id uuid not null) on commit delete rows";

    private static final String CHARGE_COLUMNS =
            "opened_at, call_id, no, person_id, extension, started_at, answered_at, "
                    + "outbound, party, talk_seconds, code, client_id, matter_id, agreement_version_id, state, reason, "
                    + "billed_seconds, quantity, unit, unit_rate, currency, amount, rule_version, explanation, statement_id";

    private static final String CHARGES = "create temporary table if not exists settled_charge "
            + "(opened_at timestamptz, call_id uuid, no int, person_id uuid, extension text, started_at timestamptz, "
            + "answered_at timestamptz, outbound boolean, party text, talk_seconds int, code text, client_id uuid, "
            + "matter_id uuid, agreement_version_id uuid, state text, reason text, billed_seconds int, quantity numeric, "
            + "unit text, unit_rate numeric, currency text, amount numeric, rule_version int, explanation jsonb, "
            + "statement_id uuid) on commit delete rows";

    // The range lets the planner leave out partitions; the rows are locked in one order, as issuing does.
    private static final String LOCK = "select c.call_id, c.issued, c.statement_id, c.client_id, c.currency "
            + "from charge c join settled_call s on s.opened_at = c.opened_at and s.call_id = c.call_id "
            + "where c.firm_id = ? and c.opened_at between ? and ? order by c.opened_at, c.call_id, c.no for no key update of c";

    private static final String REMOVE_SURPLUS = "delete from charge c using settled_call s "
            + "where c.firm_id = ? and c.opened_at between ? and ? and s.opened_at = c.opened_at and s.call_id = c.call_id "
            + "and not c.issued and not exists (select 1 from settled_charge n where n.opened_at = c.opened_at "
            + "and n.call_id = c.call_id and n.no = c.no)";

    private static final String UPSERT = "insert into charge (firm_id, " + CHARGE_COLUMNS + ") "
            + "select ?, " + CHARGE_COLUMNS + " from settled_charge order by opened_at, call_id, no "
            + "on conflict (firm_id, opened_at, call_id, no) do update set "
            + "person_id = excluded.person_id, extension = excluded.extension, started_at = excluded.started_at, "
            + "answered_at = excluded.answered_at, outbound = excluded.outbound, party = excluded.party, "
            + "talk_seconds = excluded.talk_seconds, code = excluded.code, client_id = excluded.client_id, "
            + "matter_id = excluded.matter_id, agreement_version_id = excluded.agreement_version_id, "
            + "state = excluded.state, reason = excluded.reason, billed_seconds = excluded.billed_seconds, "
            + "quantity = excluded.quantity, unit = excluded.unit, unit_rate = excluded.unit_rate, "
            + "currency = excluded.currency, amount = excluded.amount, rule_version = excluded.rule_version, "
            + "explanation = excluded.explanation, statement_id = excluded.statement_id where not charge.issued";

    private final Connection connection;
    private final Sql sql;
    private final UUID firm;

    ChargeWriter(Connection connection, UUID firm) {
        this.connection = connection;
        this.sql = Sql.on(connection);
        this.firm = firm;
    }

    /** What stands of a call's charges before they are written anew. */
    private static final class Before {
        private boolean issued;
        private UUID draft;
        private UUID client;
        private String currency;

        Before add(ResultSet row) throws SQLException {
            issued |= row.getBoolean("issued");
            UUID statement = Sql.uuid(row, "statement_id");
            if (statement != null) {
                draft = statement;
                client = Sql.uuid(row, "client_id");
                currency = row.getString("currency");
            }
            return this;
        }
    }

    /** Writes the charges; calls with an issued one stay as they are and are not in the result. */
    Map<UUID, Settlement> write(Collection<PricedCall> priced) throws SQLException {
        if (priced.isEmpty()) {
            return Map.of();
        }
        Instant first = priced.stream()
                .map(p -> p.call().openedAt())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant last = priced.stream()
                .map(p -> p.call().openedAt())
                .max(Instant::compareTo)
                .orElseThrow();
        stageCalls(priced);
        Map<UUID, Before> before = lock(first, last);
        Map<UUID, Settlement> settled = new HashMap<>();
        List<PricedCall> open = new ArrayList<>(priced.size());
        Map<UUID, UUID> drafts = new HashMap<>();
        for (PricedCall call : priced) {
            UUID id = call.call().callId();
            Before was = before.get(id);
            if (was != null && was.issued) {
                continue;
            }
            open.add(call);
            boolean stays = was != null && was.draft != null && belongs(call, was);
            if (stays) {
                drafts.put(id, was.draft);
            }
            settled.put(id, call.settlement(stays ? Billing.Standing.ON_DRAFT : Billing.Standing.OPEN));
        }
        stageCharges(open, drafts);
        if (!before.isEmpty()) {
            leaveIssued(before);
            sql.update(REMOVE_SURPLUS, firm, first, last);
        }
        sql.update(UPSERT, firm);
        return settled;
    }

    /** A call stays on its draft while all of it is priced, for the same client in the same currency. */
    private static boolean belongs(PricedCall call, Before was) {
        return call.state() == ChargeState.RATED
                && Objects.equals(call.clientId(), was.client)
                && call.talks().stream().allMatch(talk -> Objects.equals(talk.currency(), was.currency));
    }

    private void stageCalls(Collection<PricedCall> priced) throws SQLException {
        sql.run(CALLS);
        sql.run("delete from settled_call");
        try (Copy copy = Copy.into(connection, "settled_call", "opened_at, call_id")) {
            for (PricedCall call : priced) {
                copy.row().instant(call.call().openedAt()).uuid(call.call().callId());
            }
        }
    }

    private Map<UUID, Before> lock(Instant first, Instant last) throws SQLException {
        Map<UUID, Before> found = new HashMap<>();
        sql.query(
                LOCK,
                row -> found.computeIfAbsent(Sql.uuid(row, "call_id"), id -> new Before())
                        .add(row),
                firm,
                first,
                last);
        return found;
    }

    private void stageCharges(List<PricedCall> calls, Map<UUID, UUID> drafts) throws SQLException {
        sql.run(CHARGES);
        sql.run("delete from settled_charge");
        try (Copy copy = Copy.into(connection, "settled_charge", CHARGE_COLUMNS)) {
            for (PricedCall call : calls) {
                UUID draft = drafts.get(call.call().callId());
                for (PricedTalk talk : call.talks()) {
                    write(copy.row(), call, talk, draft);
                }
            }
        }
    }

    private static void write(Copy row, PricedCall priced, PricedTalk talk, UUID draft) {
        CallFacts call = priced.call();
        TalkFacts facts = talk.talk();
        Rated rated = talk.rated();
        row.instant(call.openedAt())
                .uuid(call.callId())
                .number(talk.no())
                .uuid(facts.personId())
                .text(facts.extension())
                .instant(call.startedAt())
                .instant(facts.answeredAt())
                .flag(call.outbound())
                .text(call.party())
                .number(facts.seconds())
                .text(call.code())
                .uuid(priced.clientId())
                .uuid(priced.matterId())
                .uuid(talk.versionId())
                .text(talk.state().name())
                .text(talk.reason() == null ? "" : talk.reason().name());
        if (rated == null) {
            row.number(null)
                    .decimal(null)
                    .text(null)
                    .decimal(null)
                    .text(null)
                    .decimal(null)
                    .number(null)
                    .json(null);
        } else {
            row.number(rated.billedSeconds())
                    .decimal(rated.quantity())
                    .text(rated.unit().name())
                    .decimal(rated.unitRate())
                    .text(talk.currency())
                    .decimal(rated.amount())
                    .number(rated.ruleVersion())
                    .json(Json.write(rated.explanation()));
        }
        row.uuid(draft);
    }

    private void leaveIssued(Map<UUID, Before> before) throws SQLException {
        UUID[] issued = before.entrySet().stream()
                .filter(entry -> entry.getValue().issued)
                .map(Map.Entry::getKey)
                .toArray(UUID[]::new);
        if (issued.length > 0) {
            sql.update("delete from settled_call where call_id = any (?)", (Object) issued);
        }
    }
}
