package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which ports sources may have on this server: {@code rebill.smdr.ports}, such as {@code 5100-5199}; none when unset. */
@ApplicationScoped
public class SmdrPorts {
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final int HIGHEST = 65_535;

    private final int first;
    private final int last;

    /**
     * Reads the setting.
     *
     * @throws IllegalStateException when it is no port and no range of ports
     */
    @Inject
    SmdrPorts(@ConfigProperty(name = "rebill.smdr.ports") Optional<String> range) {
        if (range.isEmpty() || range.get().isBlank()) {
            first = 0;
            last = -1;
            return;
        }
        Matcher form = RANGE.matcher(range.get().strip());
        if (!form.matches()) {
            throw new IllegalStateException(
                    "rebill.smdr.ports is '" + range.get() + "'; such as 5100-5199 belongs there");
        }
        first = Integer.parseInt(form.group(1));
        last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
        if (first < 1 || last > HIGHEST || last < first) {
            throw new IllegalStateException("rebill.smdr.ports is '" + range.get() + "'; ports are 1 to " + HIGHEST);
        }
    }

    /** Whether this server listens at all. */
    public boolean isOn() {
        return last >= first;
    }

    /** Whether a source may have the port. */
    public boolean has(int port) {
        return port >= first && port <= last;
    }

    public int first() {
        return first;
    }

    public int last() {
        return last;
    }
}
