package org.rebill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
    private final Problems problems = new Problems();

    @Test
    void textIsKeptWithoutBlanksAroundIt() {
        assertThat(problems.line("name", "  Lake  & Sons ", 20, "Give a name.")).isEqualTo("Lake  & Sons");
        assertThat(problems.optionalLines("address", "\n 1 Main St \r\n Austin \n\n", 6, 40))
                .isEqualTo("1 Main St\nAustin");
        assertThat(problems.found()).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnce() {
        problems.line("name", " ", 20, "Give a name.");
        problems.optionalLine("contact", "x".repeat(21), 20);
        problems.optionalLine("title", "a\nb", 20);
        problems.optionalLines("address", "1\n2\n3", 2, 40);

        assertThatThrownBy(problems::refuse)
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(refusal.problems())
                        .extracting(Refusal.Problem::code)
                        .containsExactly("name.missing", "contact.long", "title.control", "address.lines"));
    }

    @Test
    void nothingFoundIsNothingRefused() {
        problems.refuse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thomas@barton.example", "o'neil+bills@a.b.co"})
    void addressesOfMailAreTaken(String email) {
        assertThat(problems.optionalEmail("email", " " + email + " ")).isEqualTo(email);
        assertThat(problems.found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thomas", "thomas@", "@barton.example", "a b@c.de", "a@b", "a@b.", "a@@b.c"})
    void otherTextIsNoAddressOfMail(String email) {
        problems.optionalEmail("email", email);

        assertThat(problems.found()).extracting(Refusal.Problem::code).containsExactly("email.form");
    }
}
