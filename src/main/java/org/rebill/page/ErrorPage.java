package org.rebill.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** What the error page says: what happened and what to do, never how it happened inside. */
@Named("error")
@RequestScoped
public class ErrorPage {
    private final HttpServletRequest request;
    private final Texts texts;

    @Inject
    ErrorPage(HttpServletRequest request, Texts texts) {
        this.request = request;
        this.texts = texts;
    }

    /** HTTP status. */
    public int status() {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 500;
    }

    public String title() {
        return words("title");
    }

    /** A refusal's own words where there are any. */
    public String text() {
        return request.getAttribute(PageRefusals.TEXT) instanceof String text && status() != 404 ? text : words("text");
    }

    private String words(String part) {
        String key = "page.error." + status() + "." + part;
        return texts.has(key) ? texts.get(key) : texts.get("page.error." + (status() < 500 ? "4xx." : "500.") + part);
    }
}
