package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.statement.StatementDocument.Line;

/** Clients' questions on the real schema: who may say what when, and what comes of it (DOMAIN.md C15). */
class QuestionsTest {
    private BareStatements office;
    private Questions questions;
    private Statement statement;

    @BeforeEach
    void office() throws Exception {
        office = new BareStatements();
        questions = office.get(Questions.class);
        statement = office.issued("Barton Creek", 1, 3);
    }

    private <T> T client(Callable<T> work) throws Exception {
        return office.as(Role.CLIENT, statement.clientId(), work);
    }

    private Question ask(boolean line) throws Exception {
        Line first = office.in(() -> office.get(Statements.class).document(statement.id()))
                .lines()
                .get(0);
        return client(() -> questions.ask(
                statement.id(), line ? first.callId() : null, line ? first.chargeNo() : null, "I was on holiday then"));
    }

    private QuestionState state(UUID id) throws Exception {
        return office.in(() -> questions.of(statement.id())).stream()
                .filter(asked -> asked.question().id().equals(id))
                .findFirst()
                .orElseThrow()
                .question()
                .state();
    }

    private StatementStage stage() throws Exception {
        return office.life(statement.id()).stage();
    }

    @Test
    void theFirmAgreesAndACreditNoteTakesTheLineBack() throws Exception {
        Question question = ask(true);
        assertThat(stage()).isEqualTo(StatementStage.DISPUTED);
        assertThat(office.in(questions::count)).isEqualTo(1);
        Statement note = office.in(() -> questions.agree(question.id(), null));
        assertThat(note.total()).isEqualByComparingTo("-25.00");
        assertThat(note.reason()).contains("I was on holiday then");
        assertThat(stage()).isEqualTo(StatementStage.ISSUED);
        assertThat(office.life(statement.id()).open()).isEqualByComparingTo("75.00");
        Questions.Asked asked = client(() -> questions.own(statement)).get(0);
        assertThat(asked.creditNumber()).isEqualTo("T-CN-2026-0001");
        assertThat(asked.line().amount()).isEqualByComparingTo("25.00");
        assertThat(office.in(questions::waiting)).isEmpty();
    }

    @Test
    void aboutTheWholeStatementAllOfItIsTakenBack() throws Exception {
        Question question = ask(false);
        Statement note = office.in(() -> questions.agree(question.id(), "Agreed on the telephone"));
        assertThat(note.total()).isEqualByComparingTo("-100.00");
        assertThat(stage()).isEqualTo(StatementStage.CREDITED);
        assertThat(office.drafts()).as("not billed again").isEmpty();
    }

    @Test
    void takingTheStatementBackSettlesItsQuestions() throws Exception {
        Question question = ask(true);
        office.in(() -> office.get(CreditNotes.class).takeBack(statement.id(), "Wrong client", false));
        assertThat(state(question.id())).isEqualTo(QuestionState.CREDITED);
        assertThat(office.life(statement.id()).questions()).isZero();
    }

    /** Every act in every state: done where the table says so, refused everywhere else. */
    @Test
    void everyActInEveryState() throws Exception {
        Map<QuestionState, Set<Act>> allowed = new EnumMap<>(QuestionState.class);
        allowed.put(QuestionState.OPEN, EnumSet.of(Act.REPLY, Act.WITHDRAW, Act.ANSWER, Act.CLOSE, Act.AGREE));
        allowed.put(QuestionState.ANSWERED, EnumSet.allOf(Act.class));
        for (QuestionState from : QuestionState.values()) {
            for (Act act : Act.values()) {
                office();
                Question question = ask(true);
                bring(question.id(), from);
                assertThat(state(question.id())).isEqualTo(from);
                if (allowed.getOrDefault(from, Set.of()).contains(act)) {
                    perform(act, question.id());
                    assertThat(state(question.id())).as(from + " " + act).isEqualTo(act.to);
                    assertThat(office.life(statement.id()).questions())
                            .as(from + " " + act)
                            .isEqualTo(act.to.unsettled() ? 1 : 0);
                } else {
                    assertThatThrownBy(() -> perform(act, question.id()))
                            .as(from + " " + act)
                            .isInstanceOf(Refusal.Conflict.class);
                    assertThat(state(question.id())).isEqualTo(from);
                }
            }
        }
    }

    private enum Act {
        REPLY(QuestionState.OPEN),
        SETTLE(QuestionState.SETTLED),
        WITHDRAW(QuestionState.WITHDRAWN),
        ANSWER(QuestionState.ANSWERED),
        CLOSE(QuestionState.CLOSED),
        AGREE(QuestionState.CREDITED);

        private final QuestionState to;

        Act(QuestionState to) {
            this.to = to;
        }
    }

    private void bring(UUID id, QuestionState state) throws Exception {
        switch (state) {
            case OPEN -> {}
            case ANSWERED -> perform(Act.ANSWER, id);
            case CREDITED -> perform(Act.AGREE, id);
            case SETTLED -> {
                perform(Act.ANSWER, id);
                perform(Act.SETTLE, id);
            }
            case WITHDRAWN -> perform(Act.WITHDRAW, id);
            case CLOSED -> perform(Act.CLOSE, id);
        }
    }

    private void perform(Act act, UUID id) throws Exception {
        switch (act) {
            case REPLY -> client(() -> questions.reply(id, "But look"));
            case SETTLE -> client(() -> questions.settle(id));
            case WITHDRAW -> client(() -> questions.withdraw(id));
            case ANSWER -> office.in(() -> questions.answer(id, "See the record of the call"));
            case CLOSE -> office.in(() -> questions.close(id, "The call is proven"));
            case AGREE -> office.in(() -> questions.agree(id, "You are right"));
        }
    }

    @Test
    void anotherClientsQuestionIsNotThere() throws Exception {
        Question question = ask(true);
        UUID other = office.client("Somebody else");
        assertThatThrownBy(() -> office.as(Role.CLIENT, other, () -> questions.withdraw(question.id())))
                .isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() ->
                        office.as(Role.CLIENT, other, () -> questions.ask(statement.id(), null, null, "What is this?")))
                .isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> office.as(Role.CLIENT, other, () -> questions.own(statement)))
                .isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void refusesNothingSaidAndLinesThatAreNotThere() throws Exception {
        assertThatThrownBy(() -> client(() -> questions.ask(statement.id(), null, null, "  ")))
                .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> client(() -> questions.ask(statement.id(), UUID.randomUUID(), 1, "This one?")))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(office.in(() -> questions.of(statement.id()))).isEqualTo(List.of());
    }
}
