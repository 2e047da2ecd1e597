package org.rebill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.ApiDocument;
import org.rebill.testing.ApiDocument.Operation;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;
import org.rebill.testing.TestFirm;

/**
 * Who comes in where, for every operation that the API's document names and every page in the sources: new ones are
 * tested from the day they exist.
 */
class EveryAddressIT extends FromOutside {
    private static final Path WEBAPP = Path.of("src", "main", "webapp");
    private static final int FEWEST_OPERATIONS = 20;
    private static final List<String> OFFICE_ONLY = List.of(
            "/app/audit.xhtml",
            "/app/code-lists.xhtml",
            "/app/billing.xhtml",
            "/app/live.xhtml",
            "/app/mail.xhtml",
            "/app/offer.xhtml",
            "/app/payments.xhtml",
            "/app/policies.xhtml",
            "/app/reratings.xhtml",
            "/app/settings.xhtml",
            "/app/sources.xhtml",
            "/app/speed-dials.xhtml");

    private static TestFirm firm;
    private static TestFirm other;
    private static List<Operation> operations;

    @BeforeAll
    static void twoFirms() {
        firm = TestFirm.create();
        other = TestFirm.create();
        operations = ApiDocument.operations();
        assertThat(operations).hasSizeGreaterThan(FEWEST_OPERATIONS);
    }

    @Test
    void withoutATokenNoOperationAnswers() {
        Api nobody = Api.anonymous();
        each(operations, operation -> operation.send(nobody, in(firm, UUID.randomUUID())), 401);
    }

    @Test
    void inAnotherFirmNothingExists() {
        Api owner = Api.as(firm.owner());
        each(firmOperations(), operation -> operation.send(owner, in(other, other.client())), 404);
    }

    @Test
    void clientsComeOnlyToThePortal() {
        Api client = Api.as(firm.clientUser());
        each(
                firmOperations().stream()
                        .filter(operation -> !operation.isPortal())
                        .toList(),
                operation -> operation.send(client, in(firm, firm.client())),
                403);
    }

    @Test
    void staffDoNotComeToThePortal() {
        Api clerk = Api.as(firm.clerk());
        each(
                firmOperations().stream().filter(Operation::isPortal).toList(),
                operation -> operation.send(clerk, in(firm, firm.client())),
                403);
    }

    /** The test firm's professional has talked for nobody yet, so that no client is an own one. */
    @Test
    void toAProfessionalOthersClientsAreNotThere() {
        Api professional = Api.as(firm.professional());
        SoftAssertions softly = new SoftAssertions();
        for (Operation operation : firmOperations()) {
            if (!operation.isPortal()
                    && operation.namesAThing()
                    && operation.method().equals("GET")) {
                Answer answer = operation.send(professional, in(firm, firm.client()));
                softly.assertThat(answer.status()).as(operation + ": " + answer).isIn(403, 404);
            }
        }
        softly.assertAll();
        for (String list : List.of("clients", "agreements", "statements")) {
            Answer answer = professional.get("/api/v1/firms/" + firm.slug() + "/" + list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            assertThat(answer.json().path("items")).as(list).isEmpty();
        }
    }

    @Test
    void aProfessionalChangesNothingButCodesOfOwnCalls() {
        Api professional = Api.as(firm.professional());
        SoftAssertions softly = new SoftAssertions();
        for (Operation operation : firmOperations()) {
            if (!operation.isPortal()
                    && !operation.method().equals("GET")
                    && !operation.path().endsWith("/ratings")) {
                Answer answer = operation.send(professional, in(firm, firm.client()));
                softly.assertThat(answer.status()).as(operation + ": " + answer).isBetween(400, 499);
            }
        }
        softly.assertAll();
    }

    @Test
    void pagesOfTheOfficeAreClosedToProfessionals() throws IOException {
        Pages professional = Pages.as(firm.professional());
        SoftAssertions softly = new SoftAssertions();
        for (String page : pages("app")) {
            int status = professional.get(page + "?id=" + firm.client()).statusCode();
            if (OFFICE_ONLY.contains(page)) {
                softly.assertThat(status).as(page).isEqualTo(403);
            } else {
                softly.assertThat(status).as(page).isIn(200, 403, 404);
            }
        }
        softly.assertAll();
    }

    @Test
    void whatBelongsToAnotherFirmIsNotThere() {
        Api owner = Api.as(firm.owner());
        each(
                firmOperations().stream()
                        .filter(operation -> !operation.isPortal()
                                && operation.namesAThing()
                                && operation.method().equals("GET"))
                        .toList(),
                operation -> operation.send(owner, in(firm, other.client())),
                404);
    }

    @Test
    void nothingSentEmptyIsOurFault() {
        Api owner = Api.as(firm.owner());
        SoftAssertions softly = new SoftAssertions();
        for (Operation operation : operations) {
            Answer answer = operation.send(owner, in(firm, UUID.randomUUID()));
            softly.assertThat(answer.status()).as(operation + ": " + answer).isLessThan(500);
            softly.assertThat(answer.text()).as(operation.toString()).doesNotContain(other.slug());
        }
        softly.assertAll();
    }

    @Test
    void everyPageAsksForASignIn() throws IOException {
        Pages nobody = Pages.anonymous();
        SoftAssertions softly = new SoftAssertions();
        for (String page : pages("app", "portal")) {
            HttpResponse<String> answer = nobody.get(page);
            softly.assertThat(answer.statusCode()).as(page).isEqualTo(302);
            softly.assertThat(answer.headers().firstValue("Location").orElse(""))
                    .as(page)
                    .contains("/realms/rebill/protocol/openid-connect/auth");
        }
        softly.assertAll();
    }

    @Test
    void pagesOfTheFirmAreClosedToClients() throws IOException {
        Pages client = Pages.as(firm.clientUser());
        eachPage(pages("app"), client::get, 403);
    }

    @Test
    void pagesOfThePortalAreClosedToStaff() throws IOException {
        Pages clerk = Pages.as(firm.clerk());
        eachPage(pages("portal"), clerk::get, 403);
    }

    @Test
    void pagesOfAnotherFirmAreNotThere() throws IOException {
        Pages owner = Pages.as(firm.owner());
        eachPage(pages("app", "portal"), page -> owner.get(page + "?firm=" + other.slug()), 404);
    }

    @Test
    void everyPageShowsItselfOrSaysThatTheThingIsNotThere() throws IOException {
        Pages owner = Pages.as(firm.owner());
        Pages client = Pages.as(firm.clientUser());
        SoftAssertions softly = new SoftAssertions();
        for (String page : pages("app", "portal")) {
            Pages reader = page.startsWith("/app/") ? owner : client;
            for (String query : List.of("", "?id=" + other.client(), "?id=nonsense")) {
                HttpResponse<String> answer = reader.get(page + query);
                softly.assertThat(answer.statusCode()).as(page + query).isIn(200, 404);
                softly.assertThat(answer.body()).as(page + query).doesNotContain(other.slug());
            }
        }
        softly.assertAll();
    }

    private static List<Operation> firmOperations() {
        return operations.stream().filter(Operation::inAFirm).toList();
    }

    private static Function<String, String> in(TestFirm where, UUID thing) {
        return name -> switch (name) {
            case "firm" -> where.slug();
            case "no" -> "1";
            default -> thing.toString();
        };
    }

    private static void each(List<Operation> all, Function<Operation, Answer> send, int status) {
        assertThat(all).isNotEmpty();
        SoftAssertions softly = new SoftAssertions();
        for (Operation operation : all) {
            Answer answer = send.apply(operation);
            softly.assertThat(answer.status()).as(operation + ": " + answer).isEqualTo(status);
            softly.assertThat(answer.header("Content-Type"))
                    .as(operation.toString())
                    .startsWith("application/problem+json");
        }
        softly.assertAll();
    }

    private static void eachPage(List<String> all, Function<String, HttpResponse<String>> get, int status) {
        SoftAssertions softly = new SoftAssertions();
        for (String page : all) {
            HttpResponse<String> answer = get.apply(page);
            softly.assertThat(answer.statusCode()).as(page).isEqualTo(status);
            softly.assertThat(answer.body()).as(page).doesNotContain(other.slug());
        }
        softly.assertAll();
    }

    private static List<String> pages(String... folders) throws IOException {
        List<String> found = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(WEBAPP.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".xhtml"))
                        .map(file -> "/" + WEBAPP.relativize(file).toString().replace('\\', '/'))
                        .sorted()
                        .forEach(found::add);
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }
}
