package org.rebill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import jakarta.transaction.Transactional;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;

/** What the rule of the calls within a bean finds, and what it lets be. */
class InterceptedCallsTest {
    @Test
    void aTransactionThatNobodyBeginsIsFound() {
        assertThat(found(WithoutTransaction.class))
                .singleElement()
                .asString()
                .contains("entry()")
                .contains("kept()")
                .contains("no transaction REQUIRED");
    }

    @Test
    void aTransactionOfItsOwnNeverComesAboutWithin() {
        assertThat(found(OwnTransaction.class)).singleElement().asString().contains("no transaction REQUIRES_NEW");
    }

    @Test
    void aWiderDoorIsFound() {
        assertThat(found(WiderDoor.class)).singleElement().asString().contains("roles other than [OWNER]");
    }

    @Test
    void anAnnotationThatNobodyReadsIsFound() {
        assertThat(found(Hidden.class)).singleElement().asString().contains("can't be called from outside");
    }

    @Test
    void whoBringsWhatIsNeededMayCall() {
        assertThat(found(InOrder.class)).isEmpty();
    }

    private static List<String> found(Class<?> type) {
        return ArchRuleDefinition.classes()
                .should(new InterceptedCalls())
                .evaluate(new ClassFileImporter().importClasses(type))
                .getFailureReport()
                .getDetails();
    }

    static class WithoutTransaction {
        void entry() {
            List.of(1).forEach(one -> between());
        }

        private void between() {
            kept();
        }

        @Transactional
        void kept() {}
    }

    static class OwnTransaction {
        @Transactional
        void entry() {
            apart();
        }

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        void apart() {}
    }

    static class WiderDoor {
        @Allow({Role.OWNER, Role.CLERK})
        void entry() {
            owners();
        }

        @Allow(Role.OWNER)
        void owners() {}
    }

    static class Hidden {
        void entry() {}

        @Transactional
        @SuppressWarnings("UnusedMethod")
        private void nobodySees() {}
    }

    static class InOrder {
        @Allow(Role.OWNER)
        @Transactional
        void entry() {
            between();
        }

        private void between() {
            needed();
        }

        @Allow({Role.OWNER, Role.CLERK})
        @Transactional(Transactional.TxType.MANDATORY)
        void needed() {}
    }
}
