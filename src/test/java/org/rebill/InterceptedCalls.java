package org.rebill;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;

/**
 * The container sees only calls that come into a bean from outside. A bean that calls its own {@code @Transactional}
 * method gets no transaction by it (and without one row level security shows no row), and its own {@code @Allow} method
 * lets everybody in. So whoever comes in from outside must bring what each annotated method needs that is reached
 * within the bean: a transaction, and roles that the method would let in too.
 */
final class InterceptedCalls extends ArchCondition<JavaClass> {
    /** Those that are content with the transaction that runs already. */
    private static final Set<TxType> JOIN = Set.of(TxType.REQUIRED, TxType.MANDATORY, TxType.SUPPORTS);
    /** Those under which one runs. */
    private static final Set<TxType> RUN = Set.of(TxType.REQUIRED, TxType.MANDATORY, TxType.REQUIRES_NEW);

    InterceptedCalls() {
        super("not rely on @Transactional or @Allow where the container does not see the call");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethod method : type.getMethods()) {
            if (guarded(method) && isHidden(method)) {
                violated(type, method + " is annotated, but can't be called from outside", events);
            }
            if (!isHidden(method)) {
                for (JavaMethod reached : reached(type, method)) {
                    check(type, method, reached, events);
                }
            }
        }
    }

    private static void check(JavaClass type, JavaMethod entry, JavaMethod reached, ConditionEvents events) {
        String call = entry.getFullName() + " reaches " + reached.getFullName() + " through this";
        annotation(reached, Transactional.class).map(Transactional::value).ifPresent(needed -> {
            boolean runs = annotation(entry, Transactional.class)
                    .filter(given -> RUN.contains(given.value()))
                    .isPresent();
            if (!(JOIN.contains(needed) && runs)) {
                violated(type, call + ": no transaction " + needed + " comes about", events);
            }
        });
        annotation(reached, Allow.class).map(allow -> Set.of(allow.value())).ifPresent(needed -> {
            Optional<Set<Role>> given = annotation(entry, Allow.class).map(allow -> Set.of(allow.value()));
            if (given.isEmpty() || !needed.containsAll(given.get())) {
                violated(type, call + ": roles other than " + needed + " come through", events);
            }
        });
    }

    private static void violated(JavaClass type, String text, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(type, text));
    }

    /** Annotated methods of the bean that a call of this one leads to, without leaving the bean on the way. */
    private static Set<JavaMethod> reached(JavaClass type, JavaMethod entry) {
        Set<JavaMethod> seen = new LinkedHashSet<>();
        Deque<JavaMethod> open = new ArrayDeque<>(Set.of(entry));
        while (!open.isEmpty()) {
            for (JavaMethodCall call : open.pop().getMethodCallsFromSelf()) {
                if (type.isAssignableTo(call.getTargetOwner().getName())) {
                    call.getTarget().resolveMember().filter(seen::add).ifPresent(open::add);
                }
            }
        }
        seen.removeIf(method -> !guarded(method));
        return seen;
    }

    private static boolean guarded(JavaMethod method) {
        return annotation(method, Transactional.class).isPresent()
                || annotation(method, Allow.class).isPresent();
    }

    /** Of the method or, for methods that the container sees, of its class. */
    private static <A extends java.lang.annotation.Annotation> Optional<A> annotation(
            JavaMethod method, Class<A> type) {
        Optional<A> own = method.tryGetAnnotationOfType(type);
        return own.isPresent() || isHidden(method) ? own : method.getOwner().tryGetAnnotationOfType(type);
    }

    /** Whether only the bean itself can call it; observers are called by the container. */
    private static boolean isHidden(JavaMethod method) {
        boolean observes = method.getParameters().stream().anyMatch(isAnnotatedWithObserves());
        return !observes
                && (method.getModifiers().contains(JavaModifier.PRIVATE)
                        || method.getModifiers().contains(JavaModifier.STATIC));
    }

    private static DescribedPredicate<CanBeAnnotated> isAnnotatedWithObserves() {
        return CanBeAnnotated.Predicates.annotatedWith(Observes.class)
                .or(CanBeAnnotated.Predicates.annotatedWith(ObservesAsync.class));
    }
}
