package org.rebill.export;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rebill.page.Address;

/** Links by which a list that is shown is taken as a file. */
@Named("exportLinks")
@RequestScoped
public class ExportLinks {
    private final Address address;

    @Inject
    ExportLinks(Address address) {
        this.address = address;
    }

    /** A format and where it is. */
    public record Link(String name, String href) {}

    /**
     * The list's filters, in each format.
     *
     * @param from first day that is shown, or null
     * @param to last day that is shown, or null
     */
    public List<Link> of(String what, LocalDate from, LocalDate to) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("what", what);
        if (from != null) {
            parameters.put("from", from.toString());
        }
        if (to != null) {
            parameters.put("to", to.toString());
        }
        address.besides("from to period call what format pick")
                .forEach(kept -> parameters.put(kept.getKey(), kept.getValue()));
        String query = parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return List.of(Format.values()).stream()
                .map(format -> new Link(format.name(), "export?" + query + "&format=" + format.ending()))
                .toList();
    }
}
