package org.rebill;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** The shape of the code, as the package comment of {@code org.rebill} tells it. */
@AnalyzeClasses(packages = "org.rebill", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /**
     * Whom each feature of the flow may know besides firm, identity, audit and platform: those that come after it, and
     * what a charge and a statement rest on. News goes the other way as events.
     */
    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            "intake", Set.of("call", "ledger"),
            "call", Set.of("code", "policy", "agreement", "rating", "ledger"),
            "code", Set.of("agreement"),
            "policy", Set.of(),
            "speeddial", Set.of("code", "agreement"),
            "live", Set.of("intake", "call", "code", "policy"),
            "agreement", Set.of("rating"),
            "rating", Set.of(),
            "ledger", Set.of("code", "policy", "agreement", "rating"),
            "statement", Set.of("code", "agreement", "rating", "ledger"));

    private static final String[] MONEY = {"..rating..", "..ledger..", "..agreement..", "..statement..", "..report.."};
    private static final Set<String> INEXACT = Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    @ArchTest
    static final ArchRule FEATURES_DO_NOT_KNOW_EACH_OTHER_IN_CIRCLES =
            slices().matching("org.rebill.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void featuresKnowOnlyWhomTheyMay(JavaClasses code) {
        MAY_KNOW.forEach((feature, known) -> noClasses()
                .that()
                .resideInAPackage("org.rebill." + feature + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(MAY_KNOW.keySet().stream()
                        .filter(other -> !other.equals(feature) && !known.contains(other))
                        .map(other -> "org.rebill." + other + "..")
                        .toArray(String[]::new)))
                .check(code));
    }

    @ArchTest
    static final ArchRule RATING_IS_PURE = classes()
            .that()
            .resideInAPackage("org.rebill.rating..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.rebill.rating..");

    /** It is packed alone, for a machine at the firm's place. */
    @ArchTest
    static final ArchRule THE_COLLECTOR_STANDS_ALONE = classes()
            .that()
            .resideInAPackage("org.rebill.collector..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.fazecast..", "org.rebill.collector..");

    /** It is packed alone with the rules of price, for whoever doubts a statement. */
    @ArchTest
    static final ArchRule THE_VERIFIER_STANDS_ALONE = classes()
            .that()
            .resideInAPackage("org.rebill.verifier..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.rebill.rating..", "org.rebill.verifier..");

    @ArchTest
    static final ArchRule PLATFORM_KNOWS_NO_FEATURE = noClasses()
            .that()
            .resideInAPackage("org.rebill.platform..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.rebill..")
                    .and(DescribedPredicate.not(resideInAPackage("org.rebill.platform.."))));

    @ArchTest
    static final ArchRule MONEY_AND_TIME_ARE_EXACT_IN_FIELDS = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(MONEY)
            .should()
            .haveRawType(inexact())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule MONEY_AND_TIME_ARE_EXACT_IN_RESULTS = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(MONEY)
            .should()
            .haveRawReturnType(inexact());

    @ArchTest
    static final ArchRule MONEY_IS_NOT_COMPUTED_INEXACTLY = noClasses()
            .that()
            .resideInAnyPackage(MONEY)
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "take or give a float or double",
                    (JavaMethodCall call) ->
                            INEXACT.contains(call.getTarget().getRawReturnType().getName())
                                    || call.getTarget().getRawParameterTypes().stream()
                                            .anyMatch(type -> INEXACT.contains(type.getName()))));

    @ArchTest
    static final ArchRule NO_OLD_DATES = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Calendar");

    @ArchTest
    static final ArchRule THE_CLOCK_IS_GIVEN = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "ask the machine for the time instead of the Clock",
                    (JavaMethodCall call) -> asksTheMachine(call.getTarget())));

    private static boolean asksTheMachine(AccessTarget.MethodCallTarget target) {
        String owner = target.getOwner().getName();
        boolean now = target.getName().equals("now") && owner.startsWith("java.time.");
        boolean clockGiven = target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
        boolean millis = owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis");
        return millis || (now && !clockGiven);
    }

    @ArchTest
    static final ArchRule TRANSACTIONS_BEGIN_IN_SERVICES = noClasses()
            .that(simpleNameEndingWith("Resource").or(simpleNameEndingWith("Page")))
            .should()
            .beAnnotatedWith(Transactional.class);

    @ArchTest
    static final ArchRule TRANSACTIONS_BEGIN_IN_SERVICES_METHODS = methods()
            .that()
            .areDeclaredInClassesThat(simpleNameEndingWith("Resource").or(simpleNameEndingWith("Page")))
            .should()
            .notBeAnnotatedWith(Transactional.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CALLS_WITHIN_A_BEAN_ARE_NOT_INTERCEPTED = classes().should(new InterceptedCalls());

    @ArchTest
    static final ArchRule FIELDS_ARE_NOT_PUBLIC = fields().that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(are(DescribedPredicate.not(DescribedPredicate.describe(
                    "generated metamodel", type -> type.getSimpleName().endsWith("_")))))
            .should()
            .beStatic()
            .andShould()
            .beFinal();

    @ArchTest
    static final ArchRule SQL_IS_PREPARED = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "run SQL as bare text",
                    (JavaMethodCall call) -> call.getTarget().getOwner().isEquivalentTo(java.sql.Statement.class)
                            && call.getTarget().getName().startsWith("execute")
                            && !call.getTarget().getRawParameterTypes().isEmpty()));

    @ArchTest
    static final ArchRule RESOURCES_ARE_CALLED_SO = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .haveSimpleNameEndingWith("Resource")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper");

    @ArchTest
    static final ArchRule NO_DRAWERS_FOR_EVERYTHING =
            noClasses().should().resideInAnyPackage("..impl..", "..dto..", "..util..", "..common..", "..manager..");

    private static DescribedPredicate<JavaClass> inexact() {
        return DescribedPredicate.describe("float or double", type -> INEXACT.contains(type.getName()));
    }
}
