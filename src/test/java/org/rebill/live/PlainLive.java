package org.rebill.live;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.rebill.code.Codes;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.identity.Machine;
import org.rebill.platform.BareServices;
import org.rebill.policy.CodePolicies;

/** Live checks with services on a bare database, for measuring: each read and each set stored in its own transaction. */
public final class PlainLive {
    private final BareServices services;
    private final UUID firm;
    private final CheckLog log;
    private final LiveChecks checks;

    /** Of one firm. */
    public PlainLive(BareServices services, UUID firm) {
        this.services = services;
        this.firm = firm;
        EntityManager entities = services.get(EntityManager.class);
        LiveLoad load =
                new LiveLoad(
                        entities,
                        services.get(Codes.class),
                        services.get(CodePolicies.class),
                        services.get(Firms.class)) {
                    @Override
                    public long mark() {
                        return in(super::mark);
                    }

                    @Override
                    LiveView load() {
                        return in(super::load);
                    }
                };
        this.log = new CheckLog(new CheckStore(entities) {
            @Override
            void store(java.util.List<CheckLog.Check> set) {
                in(() -> {
                    super.store(set);
                    return null;
                });
            }
        });
        this.checks = new LiveChecks(new LiveViews(load), log, Clock.systemUTC());
    }

    private <T> T in(Callable<T> work) {
        try {
            return services.in(firm, Caller.service("Bench"), work);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks once; true when the code is known. */
    public boolean ask(UUID source, String code) {
        return checks.check(new Machine(firm, source, "Bench"), new LiveQuestion(code, "15125550144", "203", "1.1"))
                == LiveAnswer.OK;
    }

    /** Stores the checks that wait. */
    public void flush() {
        log.flush();
    }

    /** Listens for FastAGI; any key is good. */
    public DefaultAgiServer listen(int port, UUID source) throws IOException {
        return AgiListener.started(
                "127.0.0.1",
                port,
                new AgiVerify((key, question, address) ->
                        Optional.of(checks.check(new Machine(firm, source, "Bench"), question))));
    }
}
