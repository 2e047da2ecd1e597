package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.testing.InServer;
import org.rebill.testing.TestFirm;

/** Numbers without gaps, and a database that refuses what must never happen. */
class IssuingIT extends InServer {
    private static final int DRAFTS = 20;

    @Inject
    private Ground ground;

    @Inject
    private Statements statements;

    @Inject
    private Issuing issuing;

    @Inject
    private UserTransaction transaction;

    private TestFirm firm;
    private Period month;

    @BeforeEach
    void firm() {
        firm = TestFirm.createInServer();
        month = Period.of(ground.month());
    }

    private List<UUID> drafts(int howMany) throws Exception {
        return firm.as(Role.OWNER, () -> {
            UUID source = ground.source(firm);
            List<Ground.Dialled> calls = new ArrayList<>();
            for (int i = 0; i < howMany; i++) {
                ground.agree(ground.client("Client " + i), "30" + i);
                calls.addAll(ground.calls("30" + i, 301, 3600));
            }
            ground.bring(source, calls);
            return statements.run(month).drafted().stream()
                    .map(Statements.Drafted::statementId)
                    .toList();
        });
    }

    private <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size(), ground.threads());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Issues and then fails, after the number was taken. */
    private void issueInVain(UUID id) throws Exception {
        transaction.begin();
        try {
            issuing.issue(id, null);
        } finally {
            transaction.rollback();
        }
    }

    @Test
    void numbersHaveNoGapsWhenManyIssueAndSomeFail() throws Exception {
        List<UUID> drafts = drafts(DRAFTS);

        List<String> numbers = together(IntStream.range(0, DRAFTS)
                .<Callable<String>>mapToObj(i -> () -> firm.as(Role.OWNER, () -> {
                    if (i % 3 == 0) {
                        issueInVain(drafts.get(i));
                    }
                    return issuing.issue(drafts.get(i), null).number();
                }))
                .toList());

        int year = Integer.parseInt(numbers.get(0).substring(2, 6));
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, DRAFTS)
                        .mapToObj(count -> StatementNumber.of("T", year, count))
                        .toList());
        for (UUID id : drafts) {
            Statement statement = firm.as(Role.OWNER, () -> statements.get(id));
            assertThat(firm.as(Role.OWNER, () -> statements.document(id)).number())
                    .as("the number that is printed is the number it has")
                    .isEqualTo(statement.number());
        }
    }

    @Test
    void oneDraftIsIssuedOnceHoweverManyTry() throws Exception {
        UUID draft = drafts(1).get(0);

        List<Boolean> results = together(IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        firm.as(Role.OWNER, () -> issuing.issue(draft, null));
                        return true;
                    } catch (Refusal.Conflict e) {
                        return false;
                    }
                })
                .toList());

        assertThat(results).containsOnlyOnce(true);
        assertThat(firm.as(Role.OWNER, () -> issuing.numbers(1)).get(0)).endsWith("-0002");
    }

    private int change(String sql, Object... values) throws SQLException {
        try (var connection = ground.connect()) {
            connection.setAutoCommit(false);
            try (var tenant = connection.prepareStatement("select app_set_tenant(?)")) {
                tenant.setObject(1, firm.id());
                tenant.execute();
            }
            int changed = Sql.on(connection).update(sql, values);
            connection.rollback();
            return changed;
        }
    }

    @Test
    void theDatabaseKeepsACallFromBeingOnTwoStatements() throws Exception {
        List<UUID> drafts = drafts(2);
        firm.as(Role.OWNER, () -> issuing.issue(drafts.get(0), null));

        assertThatThrownBy(() -> change(
                        "insert into statement_line (firm_id, statement_id, call_id, charge_no, position, amount) "
                                + "select firm_id, ?, call_id, charge_no + 1, position, amount from statement_line "
                                + "where firm_id = ? and statement_id = ?",
                        drafts.get(1),
                        firm.id(),
                        drafts.get(0)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23P01"));
    }

    @Test
    void theDatabaseKeepsIssuedOnesFromEveryChange() throws Exception {
        UUID id = drafts(1).get(0);
        assertThat(change("update statement set due_on = null where firm_id = ? and id = ?", firm.id(), id))
                .as("a draft may be changed")
                .isEqualTo(1);
        firm.as(Role.OWNER, () -> issuing.issue(id, null));

        assertThat(change("update statement set total = 1 where firm_id = ? and id = ?", firm.id(), id))
                .isZero();
        assertThat(change("delete from statement where firm_id = ? and id = ?", firm.id(), id))
                .isZero();
        for (String sql : List.of(
                "update statement_paper set pdf = '' where firm_id = ? and statement_id = ?",
                "delete from statement_paper where firm_id = ? and statement_id = ?",
                "update statement_line set amount = 0 where firm_id = ? and statement_id = ?",
                "delete from statement_line where firm_id = ? and statement_id = ?")) {
            assertThatThrownBy(() -> change(sql, firm.id(), id))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }
}
