package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** On which port the service listens for a source's records, and who may connect there. */
@ApplicationScoped
public class Listeners {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]{2,39}");
    private static final int MOST_ADDRESSES = 20;

    private final ListenerRows rows;
    private final SmdrPorts ports;
    private final FirmDirectory firms;

    @Inject
    Listeners(ListenerRows rows, SmdrPorts ports, FirmDirectory firms) {
        this.rows = rows;
        this.ports = ports;
        this.firms = firms;
    }

    /** A source's port, if it has one. */
    @Allow({Role.OWNER, Role.CLERK})
    public Optional<SourceListener> of(UUID sourceId) {
        return rows.of(sourceId);
    }

    /**
     * Has the service listen for a source, within some seconds.
     *
     * @param allowed addresses that may connect, separated by blanks; empty or null: any
     * @throws Refusal.Conflict when this server does not listen, or the port is another source's
     */
    @Allow({Role.OWNER, Role.CLERK})
    public SourceListener listen(UUID sourceId, int port, String allowed) {
        rows.of(sourceId);
        if (!ports.isOn()) {
            throw new Refusal.Conflict(
                    "port",
                    "smdr.off",
                    "This service does not listen for phone systems. Use the collector, or ask the people who run it.");
        }
        if (!ports.has(port)) {
            throw new Refusal.Invalid(
                    "port", "port.range", "Choose a port from " + ports.first() + " to " + ports.last() + ".");
        }
        String addresses = addresses(allowed);
        UUID firm = Tenant.current();
        if (inUse().stream().anyMatch(one -> one.port() == port && !one.isOf(firm, sourceId))) {
            throw new Refusal.Conflict(
                    "port", "port.taken", "Port " + port + " is in use already. Choose another one.");
        }
        return rows.set(sourceId, port, addresses);
    }

    /** Ends the listening for a source. */
    @Allow({Role.OWNER, Role.CLERK})
    public void stop(UUID sourceId) {
        rows.remove(sourceId);
    }

    private static String addresses(String allowed) {
        String text = allowed == null ? "" : allowed.strip().replaceAll("[\\s,;]+", " ");
        if (text.isEmpty()) {
            return text;
        }
        String[] parts = text.split(" ", -1);
        for (String part : parts) {
            if (!ADDRESS.matcher(part).matches()) {
                throw new Refusal.Invalid(
                        "allowed", "address.form", "'" + part + "' is no address such as 203.0.113.7.");
            }
        }
        if (parts.length > MOST_ADDRESSES) {
            throw new Refusal.Invalid("allowed", "address.many", "Give up to " + MOST_ADDRESSES + " addresses.");
        }
        return text;
    }

    /**
     * A port in use.
     *
     * @param setId another one with each change
     * @param allowed addresses that may connect; empty: any
     */
    public record Port(int port, UUID firm, UUID sourceId, UUID setId, List<String> allowed) {
        public Port {
            allowed = List.copyOf(allowed);
        }

        boolean isOf(UUID otherFirm, UUID otherSource) {
            return firm.equals(otherFirm) && sourceId.equals(otherSource);
        }
    }

    /** All ports in use, of all firms: asked firm by firm, so that no table over all firms is needed. */
    public List<Port> inUse() {
        List<Port> found = new ArrayList<>();
        for (UUID firm : firms.all()) {
            for (SourceListener one : ofFirm(firm)) {
                found.add(new Port(
                        one.port(),
                        firm,
                        one.sourceId(),
                        one.setId(),
                        one.allowed().isEmpty()
                                ? List.of()
                                : List.of(one.allowed().split(" ", -1))));
            }
        }
        return found;
    }

    private List<SourceListener> ofFirm(UUID firm) {
        try {
            return Tenant.call(firm, rows::all);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
