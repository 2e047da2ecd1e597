package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All formats that this build knows. */
@ApplicationScoped
public class RecordFormats {
    private final Instance<RecordFormat> formats;

    @Inject
    RecordFormats(@Any Instance<RecordFormat> formats) {
        this.formats = formats;
    }

    /** By name. */
    public List<RecordFormat> all() {
        return formats.stream().sorted(Comparator.comparing(RecordFormat::name)).toList();
    }

    public List<String> ids() {
        return all().stream().map(RecordFormat::id).toList();
    }

    public Optional<RecordFormat> find(String id) {
        return formats.stream().filter(format -> format.id().equals(id)).findFirst();
    }

    /**
     * The one format that surely knows a file.
     *
     * @param head its first bytes, at most 8,192
     * @return empty when none or several do
     */
    public Optional<RecordFormat> recognise(byte[] head) {
        List<RecordFormat> known =
                formats.stream().filter(format -> format.recognises(head)).toList();
        return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
    }

    /** One that a stored source names; sources are checked when they are made. */
    public RecordFormat get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("This build has no record format '" + id + "'"));
    }
}
