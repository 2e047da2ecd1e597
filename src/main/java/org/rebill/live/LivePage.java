package org.rebill.live;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.rebill.page.Act;
import org.rebill.page.Texts;

/** Live checks: what was asked last, the firm's choice for bad times, and what to type on the phone system. */
@Named
@RequestScoped
public class LivePage {
    private final LiveSettings settings;
    private final Act act;
    private final Texts texts;
    private final HttpServletRequest request;
    private boolean failOpen;

    @Inject
    LivePage(LiveSettings settings, Act act, Texts texts, HttpServletRequest request) {
        this.settings = settings;
        this.act = act;
        this.texts = texts;
        this.request = request;
    }

    /** Fills the form; not in posts, which bring what was chosen. */
    public void load() {
        failOpen = settings.isFailOpen();
    }

    /** The last checks, the newest first. */
    public List<LiveSettings.Kept> rows() {
        return settings.last();
    }

    /** Chooses what happens while the database does not answer. */
    public void choose() {
        act.perform(() -> {
            settings.failOpen(failOpen);
            return Act.Done.here(texts.get(failOpen ? "live.open.done" : "live.closed.done"));
        });
    }

    /** Where phone systems ask. */
    public String address() {
        StringBuffer here = request.getRequestURL();
        int path = here.indexOf(request.getRequestURI());
        return here.substring(0, path) + request.getContextPath() + "/live/v1/verify";
    }

    /** This service's host, as the browser knows it. */
    public String host() {
        return request.getServerName();
    }

    public boolean isFailOpen() {
        return failOpen;
    }

    public void setFailOpen(boolean failOpen) {
        this.failOpen = failOpen;
    }
}
