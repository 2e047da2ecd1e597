package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.rebill.firm.Firms;
import org.rebill.identity.Role;
import org.rebill.platform.Tenant;
import org.rebill.testing.InServer;
import org.rebill.testing.TestFirm;

/** A source that goes silent, and comes back, is noted once each. */
class SourceHealthIT extends InServer {
    @Inject
    private SourceHealth health;

    @Inject
    private Sources sources;

    @Inject
    private Firms firms;

    @Inject
    private EntityManager entities;

    @Inject
    private UserTransaction transaction;

    @Test
    void silenceIsNotedOnceAndItsEndToo() throws Exception {
        TestFirm firm = TestFirm.createInServer();
        firm.as(Role.CLERK, () -> {
            UUID source = sources.create(new Sources.Draft(
                            firms.sites().get(0).id(),
                            "Watched",
                            "asterisk-cdr-csv",
                            Map.of(),
                            "UTC",
                            true,
                            "US",
                            "512",
                            "",
                            3,
                            0))
                    .id();
            assertThat(health.of(source).state()).isEqualTo(Health.State.NEVER);
            Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
            transaction.begin();
            for (long back = 24 * 35L; back > 10; back--) {
                hour(source, now.minus(Duration.ofHours(back)));
            }
            watch(source, now.minus(Duration.ofHours(11)).plusSeconds(600));
            transaction.commit();

            health.tellAfter(source, 8);
            health.check(source);
            health.check(source);

            assertThat(health.of(source).silentHours()).isEqualTo(10);
            assertThat(health.noted().get(source).state()).isEqualTo(Health.State.SILENT);
            assertThat(noted("source.silent")).isEqualTo(1);

            transaction.begin();
            hour(source, now);
            entities.createNativeQuery("update source_watch set last_at = :at where firm_id = :firm")
                    .setParameter("at", now)
                    .setParameter("firm", Tenant.current())
                    .executeUpdate();
            transaction.commit();
            health.check(source);
            assertThat(health.noted().get(source).state()).isNotEqualTo(Health.State.SILENT);
            assertThat(noted("source.back")).isEqualTo(1);
            return null;
        });
    }

    private void hour(UUID source, Instant at) {
        entities.createNativeQuery("insert into source_hour (firm_id, source_id, hour, records) "
                        + "values (:firm, :source, :hour, 5)")
                .setParameter("firm", Tenant.current())
                .setParameter("source", source)
                .setParameter("hour", at)
                .executeUpdate();
    }

    private void watch(UUID source, Instant last) {
        entities.createNativeQuery("insert into source_watch (firm_id, source_id, state, since, last_at) "
                        + "values (:firm, :source, 'OK', now(), :last)")
                .setParameter("firm", Tenant.current())
                .setParameter("source", source)
                .setParameter("last", last)
                .executeUpdate();
    }

    private long noted(String action) throws Exception {
        transaction.begin();
        try {
            return ((Number) entities.createNativeQuery(
                                    "select count(*) from audit_entry where firm_id = :firm and action = :action")
                            .setParameter("firm", Tenant.current())
                            .setParameter("action", action)
                            .getSingleResult())
                    .longValue();
        } finally {
            transaction.rollback();
        }
    }
}
