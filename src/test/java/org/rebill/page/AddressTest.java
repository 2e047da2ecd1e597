package org.rebill.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Refusal;

/** What stands in the address, and links to the same page with something changed. */
class AddressTest {
    private static Address of(String query) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                AddressTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getQueryString" -> query;
                    case "getRequestURI" -> "/app/calls.xhtml";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new Address(request);
    }

    @Test
    void aChangedFilterStartsTheListAnew() {
        assertThat(of("state=HELD&after=x&q=a+b").with("state", "RATED"))
                .isEqualTo("/app/calls.xhtml?state=RATED&q=a+b");
    }

    @Test
    void openingSomethingLeavesTheListWhereItIs() {
        assertThat(of("state=HELD&after=x").open("call", 7)).isEqualTo("/app/calls.xhtml?state=HELD&after=x&call=7");
    }

    @Test
    void anEmptyValueTakesAParameterOut() {
        assertThat(of("state=HELD&q=b").without("state")).isEqualTo("/app/calls.xhtml?q=b");
        assertThat(of("state=HELD").with(Map.of("state", ""))).isEqualTo("/app/calls.xhtml");
    }

    @Test
    void valuesAreWrittenSoThatTheyComeBackAsTheyWere() {
        String odd = "a&b=c \"<ü>#?";
        String link = of(null).with("q", odd);

        assertThat(link).doesNotContain("<", "\"", " ", "#");
        assertThat(of(link.substring(link.indexOf('?') + 1)).text("q")).isEqualTo(odd);
    }

    @Test
    void theChosenFirmIsNotCarriedAlong() {
        assertThat(of("firm=hale-ortiz&q=b").here()).isEqualTo("/app/calls.xhtml?q=b");
    }

    @Test
    void aKeyThatIsNoneSoundsLikeAMissingThing() {
        assertThatThrownBy(() -> of("id=1%27%20or%201=1").id("id")).isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> of("id=%zz").text("id")).isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> of("").needed("id", "client")).isInstanceOf(Refusal.NotFound.class);
        assertThat(of("").id("id")).isEmpty();
    }

    @Test
    void aDayOrNumberThatIsNoneIsAsIfItWereNotThere() {
        assertThat(of("from=2026-02-30&after=x").date("from")).isEmpty();
        assertThat(of("from=2026-02-28").date("from")).contains(LocalDate.of(2026, 2, 28));
        assertThat(of("after=x").number("after")).isEmpty();
    }

    @Test
    void aFilterFormCarriesWhatItHasNoFieldFor() {
        assertThat(of("person=1&state=HELD&after=9&q=b").besides("person client"))
                .extracting(Map.Entry::getKey)
                .containsExactly("state", "q");
    }
}
