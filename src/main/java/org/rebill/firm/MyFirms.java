package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rebill.identity.Caller;
import org.rebill.identity.Memberships;
import org.rebill.identity.Role;
import org.rebill.identity.User;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Tenant;

/** The firms that a user may enter: an organization in Keycloak and at least one role in the firm itself. */
@ApplicationScoped
public class MyFirms {
    private final FirmDirectory directory;
    private final Memberships memberships;
    private final Firms firms;

    @Inject
    MyFirms(FirmDirectory directory, Memberships memberships, Firms firms) {
        this.directory = directory;
        this.memberships = memberships;
        this.firms = firms;
    }

    /** One of them, and what the user is there. */
    public record MyFirm(String slug, String name, Set<Role> roles) {}

    /** By name. */
    public List<MyFirm> of(User user) {
        List<MyFirm> found = new ArrayList<>();
        for (String slug : user.organizations()) {
            directory.find(slug).flatMap(firm -> enter(user, slug, firm)).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(MyFirm::name).thenComparing(MyFirm::slug));
        return found;
    }

    private Optional<MyFirm> enter(User user, String slug, UUID firm) {
        try {
            return Tenant.call(firm, () -> memberships.caller(user, "").map(caller -> myFirm(slug, caller)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private MyFirm myFirm(String slug, Caller caller) {
        return new MyFirm(slug, firms.current().profile().name(), EnumSet.copyOf(caller.roles()));
    }
}
