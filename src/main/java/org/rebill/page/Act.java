package org.rebill.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.rebill.platform.Refusal;

/**
 * Runs what a posted form asks for. When it works, the browser is sent on to a page of its own (a reload does nothing
 * twice) and told what was done. When it is refused, the form comes back as it was filled in, with each problem at its
 * field: the tags of this product ask {@link #problem}.
 */
@Named("act")
@RequestScoped
public class Act {
    /** What the form does. */
    @FunctionalInterface
    public interface Work {
        Done run() throws Exception;
    }

    /**
     * Where to go afterwards and what to say there.
     *
     * @param address from the root of the application, such as {@code /app/client.xhtml?id=…}; empty for here
     * @param text a whole sentence; empty for none
     */
    public record Done(String address, String text) {
        public static Done at(String address, String text) {
            return new Done(address, text);
        }

        public static Done here(String text) {
            return new Done("", text);
        }
    }

    private final Toasts toasts;
    private final Address address;
    private List<Refusal.Problem> problems = List.of();

    @Inject
    Act(Toasts toasts, Address address) {
        this.toasts = toasts;
        this.address = address;
    }

    /** Does it. What is missing or not allowed (404, 403) becomes a page of its own; all else returns to the form. */
    public void perform(Work work) {
        FacesContext faces = FacesContext.getCurrentInstance();
        try {
            Done done = work.run();
            if (!done.text().isEmpty()) {
                toasts.add(done.text());
            }
            ExternalContext external = faces.getExternalContext();
            external.redirect(
                    done.address().isEmpty() ? address.here() : external.getRequestContextPath() + done.address());
        } catch (Refusal.NotFound | Refusal.Forbidden e) {
            throw e;
        } catch (Refusal e) {
            problems = e.problems();
            faces.validationFailed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Does what has a result that is shown once, such as a new key: the answer to the post is the page that shows it.
     * Refused as in {@link #perform}.
     */
    public void show(Runnable work) {
        try {
            work.run();
        } catch (Refusal.NotFound | Refusal.Forbidden e) {
            throw e;
        } catch (Refusal e) {
            problems = e.problems();
            FacesContext.getCurrentInstance().validationFailed();
        }
    }

    /** All that is wrong, in the order of the form. */
    public List<Refusal.Problem> problems() {
        return problems;
    }

    /** Whether something is wrong with the field. */
    public boolean wrong(String field) {
        return problems.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /** What is wrong with the field and how to mend it, or an empty text. */
    public String problem(String field) {
        return problems.stream()
                .filter(problem -> problem.field().equals(field))
                .map(Refusal.Problem::text)
                .findFirst()
                .orElse("");
    }
}
