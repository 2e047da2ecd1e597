package org.rebill.identity;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.rebill.platform.Refusal;

/** Enforces {@link Allow}, before a transaction begins. */
@Allow
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class AllowInterceptor {
    @AroundInvoke
    Object check(InvocationContext invocation) throws Exception {
        Allow allowed = invocation.getMethod().getAnnotation(Allow.class);
        if (allowed == null) {
            allowed = invocation.getMethod().getDeclaringClass().getAnnotation(Allow.class);
        }
        Caller caller = Caller.current();
        if (!caller.isService() && (allowed == null || !caller.hasAny(allowed.value()))) {
            throw new Refusal.Forbidden("Your role in this firm does not allow this.");
        }
        return invocation.proceed();
    }
}
