package org.rebill.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.policy.CodePolicies.Draft;
import org.rebill.policy.CodePolicies.Exemption;
import org.rebill.policy.PolicyIndex.Switches;

/** Code policies on the real schema: who is asked for a code, from when on, and why. */
class CodePoliciesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final Instant BEFORE = NOON.minusSeconds(1);
    private static final String AUSTIN = "+15125550144";
    private static final String DALLAS = "+12145550144";
    private static final String LONDON = "+442079460123";
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOON);
    private final CodePolicies policies = services.get(CodePolicies.class);
    private final PersonGroups groups = services.get(PersonGroups.class);
    private final UUID karin = UUID.randomUUID();
    private final UUID priya = UUID.randomUUID();
    private final UUID source = UUID.randomUUID();
    private BareDatabase.NewFirm firm;

    /** The firm's own policy from the start: a code is needed and checked. */
    @BeforeEach
    void aFirmOfTwo() throws Exception {
        firm = BareDatabase.get().newFirm();
        BareDatabase.get().newFile(firm, source);
        BareDatabase.get().in(firm.id(), connection -> {
            for (UUID person : List.of(karin, priya)) {
                Sql.on(connection)
                        .update(
                                "insert into person (firm_id, id, name, initials) values (?, ?, ?, 'X')",
                                firm.id(),
                                person,
                                person.toString());
            }
            return Sql.on(connection).update("update source set area_code = '512' where firm_id = ?", firm.id());
        });
        in(() -> {
            services.get(AuditLog.class).open();
            return null;
        });
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm.id(), CLERK, work);
    }

    private CodePolicy set(PolicyFor calls, Boolean forced, Boolean verified) throws Exception {
        return in(() -> policies.set(new Draft(calls, forced, verified, null)));
    }

    private Switches asked(UUID person, String extension, String party, Instant at) throws Exception {
        return in(() -> policies.index().find(source, person, extension, party, at));
    }

    @Test
    void theFirmsPolicyHoldsForAllThatHaveNoNarrowerOne() throws Exception {
        assertThat(asked(karin, "203", AUSTIN, NOON)).isEqualTo(new Switches(true, true));
        assertThat(asked(null, "", "", NOON)).isEqualTo(new Switches(true, true));
    }

    @Test
    void aChangeIsForCallsThatStartFromItOnAndNeverForEarlierOnes() throws Exception {
        set(PolicyFor.firm(), false, false);

        assertThat(asked(karin, "203", AUSTIN, BEFORE)).isEqualTo(new Switches(true, true));
        assertThat(asked(karin, "203", AUSTIN, NOON)).isEqualTo(new Switches(false, false));
        assertThatThrownBy(() -> in(() -> policies.set(new Draft(PolicyFor.firm(), true, true, BEFORE))))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageStartingWith("A policy is for calls to come.");
    }

    @Test
    void theNarrowestThatSaysSomethingDecidesEachSwitchByItself() throws Exception {
        UUID partners = in(() -> groups.add("Partners")).id();
        in(() -> {
            groups.put(karin, partners);
            return null;
        });
        set(PolicyFor.site(firm.site()), false, null);
        assertThat(asked(karin, "203", AUSTIN, NOON)).as("place").isEqualTo(new Switches(false, true));

        set(PolicyFor.group(partners), null, false);
        assertThat(asked(karin, "203", AUSTIN, NOON)).as("group").isEqualTo(new Switches(false, false));
        assertThat(asked(priya, "205", AUSTIN, NOON)).as("in no group").isEqualTo(new Switches(false, true));

        set(PolicyFor.person(karin), true, null);
        assertThat(asked(karin, "203", AUSTIN, NOON)).as("person").isEqualTo(new Switches(true, false));

        set(PolicyFor.extension(firm.site(), "203"), false, true);
        assertThat(asked(karin, "203", AUSTIN, NOON)).as("telephone").isEqualTo(new Switches(false, true));
        assertThat(asked(karin, "204", AUSTIN, NOON)).as("other telephone").isEqualTo(new Switches(true, false));

        set(PolicyFor.numbers(NumberClass.INTERNATIONAL), true, true);
        assertThat(asked(karin, "203", LONDON, NOON)).as("international").isEqualTo(new Switches(true, true));
        assertThat(asked(karin, "203", DALLAS, NOON)).as("national").isEqualTo(new Switches(false, true));

        services.setNow(NOON.plusSeconds(1));
        set(PolicyFor.numbers(NumberClass.INTERNATIONAL), null, null);
        assertThat(asked(karin, "203", LONDON, NOON.plusSeconds(1)))
                .as("says nothing any more")
                .isEqualTo(new Switches(false, true));
    }

    @Test
    void whoMovesToAnotherGroupKeepsTheOldPolicyForEarlierCalls() throws Exception {
        UUID partners = in(() -> groups.add("Partners")).id();
        set(PolicyFor.group(partners), false, false);
        services.setNow(NOON.plusSeconds(60));
        in(() -> {
            groups.put(karin, partners);
            return null;
        });
        services.setNow(NOON.plusSeconds(120));
        in(() -> {
            groups.put(karin, null);
            return null;
        });

        assertThat(asked(karin, "203", AUSTIN, NOON.plusSeconds(59)).forced()).isTrue();
        assertThat(asked(karin, "203", AUSTIN, NOON.plusSeconds(60)).forced()).isFalse();
        assertThat(asked(karin, "203", AUSTIN, NOON.plusSeconds(120)).forced()).isTrue();
        assertThat(in(groups::now)).isEmpty();
    }

    @Test
    void emergencyAndInternalCallsAreNeverAsked() throws Exception {
        assertThat(in(() -> policies.trial(source, karin, "203", "911", null)).exempt())
                .isEqualTo(Exemption.EMERGENCY);
        assertThat(in(() -> policies.trial(source, karin, "203", "205", null)).exempt())
                .isEqualTo(Exemption.INTERNAL);
        CodePolicies.Trial trial = in(() -> policies.trial(source, karin, "203", "(214) 555-0144", null));
        assertThat(trial.exempt()).isEqualTo(Exemption.NONE);
        assertThat(trial.number()).isEqualTo(DALLAS);
        assertThat(trial.numberClass()).isEqualTo(NumberClass.NATIONAL);
        assertThat(trial.switches()).isEqualTo(new Switches(true, true));
        assertThat(trial.policies()).extracting(CodePolicy::calls).containsExactly(PolicyFor.firm());
    }

    @Test
    void onlyWhatHasNotBegunIsWithdrawn() throws Exception {
        CodePolicy later =
                in(() -> policies.set(new Draft(PolicyFor.person(karin), false, false, NOON.plusSeconds(3_600))));
        CodePolicy begun = set(PolicyFor.person(priya), false, false);

        assertThatThrownBy(() -> in(() -> {
                    policies.withdraw(begun.id());
                    return null;
                }))
                .isInstanceOf(Refusal.Conflict.class);
        in(() -> {
            policies.withdraw(later.id());
            return null;
        });
        assertThat(asked(karin, "203", AUSTIN, NOON.plusSeconds(3_600)).forced())
                .isTrue();
        assertThat(in(() -> services.get(jakarta.persistence.EntityManager.class)
                        .createQuery("from AuditEntry order by seq", AuditEntry.class)
                        .getResultList()))
                .extracting(AuditEntry::action)
                .containsExactly("policy.set", "policy.set", "policy.withdrawn");
    }

    @Test
    void whatIsMissingIsToldAtItsField() {
        assertThatThrownBy(() -> set(PolicyFor.firm(), true, null)).hasMessageStartingWith("For the whole firm");
        assertThatThrownBy(() -> set(null, true, true)).hasMessage("Choose which calls the policy is for.");
        assertThatThrownBy(() -> set(PolicyFor.person(UUID.randomUUID()), true, true))
                .hasMessage("Choose one of the firm's people.");
        assertThatThrownBy(() -> set(PolicyFor.group(null), true, true)).hasMessage("Choose one of the firm's groups.");
        assertThatThrownBy(() -> set(PolicyFor.site(UUID.randomUUID()), true, true))
                .hasMessage("Choose one of the firm's places.");
        assertThatThrownBy(() -> set(PolicyFor.extension(firm.site(), "2a3"), true, true))
                .hasMessage("An extension is 2 to 8 digits.");
        assertThatThrownBy(() -> set(PolicyFor.numbers(null), true, true)).hasMessage("Choose a class of numbers.");
    }

    @Test
    void anotherFirmsPoliciesAreNotThere() throws Exception {
        CodePolicy mine =
                in(() -> policies.set(new Draft(PolicyFor.person(karin), false, false, NOON.plusSeconds(3_600))));
        UUID other = BareDatabase.get().newFirm().id();

        assertThatThrownBy(() -> services.in(other, CLERK, () -> {
                    policies.withdraw(mine.id());
                    return null;
                }))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(services.in(other, CLERK, policies::list)).hasSize(1);
    }
}
