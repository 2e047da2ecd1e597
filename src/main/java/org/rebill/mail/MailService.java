package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The service's own part of every mail: the address that mails come from, so that the service's domain can sign them
 * (DKIM, SPF), and the address that links in them begin with.
 */
@ApplicationScoped
class MailService {
    private static final String NO_DOMAIN = "rebill.invalid";

    private final Optional<String> from;
    private final String url;

    /**
     * @param from {@code rebill.mail.from}
     * @param url {@code rebill.url}: the application as people reach it, without a slash at the end
     */
    @Inject
    MailService(
            @ConfigProperty(name = "rebill.mail.from") Optional<String> from,
            @ConfigProperty(name = "rebill.url", defaultValue = "http://localhost:8080") String url) {
        this.from = from;
        this.url = url.replaceAll("/+$", "");
    }

    /** The address that mails come from; empty when none is configured. */
    Optional<String> from() {
        return from;
    }

    /** Domain of the message ids. */
    String domain() {
        return from.filter(address -> address.indexOf('@') >= 0)
                .map(address -> address.substring(address.indexOf('@') + 1))
                .orElse(NO_DOMAIN);
    }

    /** An address of ours. */
    String address(String path) {
        return url + path;
    }
}
