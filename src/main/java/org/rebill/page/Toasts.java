package org.rebill.page;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What is said after a redirect: "3 calls got 1042". Never the only place where it can be seen. */
@Named("toasts")
@SessionScoped
public class Toasts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> waiting = new ArrayList<>();

    /** Says a text on the next page that is shown. */
    public synchronized void add(String text) {
        waiting.add(text);
    }

    /** What there is to say; once only. */
    public synchronized List<String> take() {
        List<String> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
