package org.rebill.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.intake.format.LengthText.Unit;
import org.rebill.intake.format.RecordMapping.Layout;

class RecordMappingTest {
    private static final String FULL =
            "layout = semicolon; header = yes; columns = 6; skip = \"Total*\" \"say \"\"no\"\"\";"
                    + " locale = de; start = \"Date\" + 2 as \"dd.MM.yyyy HH:mm\"; talk = 3 in minutes; caller = 4;"
                    + " called = \"To; from\"; direction = 6 in \"I\" \"IN\" out \"O*\"; code = 7 + 8; answered = 9 by \"yes\"";

    @Test
    void isTheSameWhenItIsWrittenAndReadAgain() {
        RecordMapping mapping = RecordMapping.of(FULL);

        assertThat(mapping.text()).isEqualTo(FULL);
        assertThat(RecordMapping.of(mapping.text())).isEqualTo(mapping);
        assertThat(mapping.layout()).isEqualTo(Layout.SEMICOLON);
        assertThat(mapping.locale()).isEqualTo(Locale.GERMAN);
        assertThat(mapping.skips()).containsExactly("Total*", "say \"no\"");
        assertThat(mapping.use(Meaning.DIRECTION).orElseThrow().words().get("in"))
                .containsExactly("I", "IN");
    }

    @Test
    void entriesMayStandOnLinesOfTheirOwn() {
        assertThat(RecordMapping.of(
                                "layout = fixed\nstart = 1-8 + 10-14 as \"MM/dd/yy HH:mm\"\r\n\r\nduration = 20-27\n"
                                        + "called = 30-\ndirection = out")
                        .text())
                .isEqualTo("layout = fixed; start = 1-8 + 10-14 as \"MM/dd/yy HH:mm\"; duration = 20-27; called = 30-;"
                        + " direction = out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            talk = 3; called = 4                                             | holds the start of a call
            start = 1 as "yyyy-MM-dd HH:mm"; called = 4                      | how long a call was
            start = 1 as "yyyy-MM-dd HH:mm"; talk = 2                        | number that was called
            start = 1; talk = 2; called = 3                                  | Say how start is written
            start = 1 as "HH:mm"; talk = 2; called = 3                       | needs day, month and hour
            start = 1 as "yyyy-MM-dd"; talk = 2; called = 3                  | needs day, month and hour
            start = 1 as "foo bar"; talk = 2; called = 3                     | is no pattern of dates
            start = 1 as epoch; talk = 2 in weeks; called = 3                | seconds, minutes, milliseconds or hours
            start = 1 as epoch; talk = 2; called = "To"                      | has a name, but header is no
            start = 1 as epoch; talk = 2; called = 3-5                       | for a fixed layout only
            layout = fixed; start = 1 as epoch; talk = 2-3; called = 4-5     | first and last character
            start = 1 as epoch; talk = 2; called = 3; leg = 4                | needs the id of the call
            start = 1 as epoch; talk = 2; party = 3                          | say who called
            start = 1 as epoch; talk = 2; called = 3; direction = 4          | Say which values mean what
            start = 1 as epoch; talk = 2; called = 3; answered = 4 by        | which values mean that a call was answered
            start = 1 as epoch; talk = 2; called = 3; colour = 4             | 'colour' is no key
            start = 1 as epoch; talk = 2; called = 3; talk = 4               | given twice
            start = 1 as epoch; talk = 2; called = 3 4                       | Nothing may stand behind
            start = 1 as epoch; talk = 2; called = 3 +                       | a column is missing
            start = 1 as epoch; talk = 0; called = 3                         | from 1 to 512
            layout = fixed; start = 9-2 as epoch                             | ends before it begins
            start 1                                                          | equals sign
            start =                                                          | Nothing stands behind
            skip = "open                                                     | not closed
            layout = star; start = 1 as epoch                                | layout is comma
            header = maybe                                                   | header is yes or no
            """)
    void saysWhatIsWrong(String text, String problem) {
        assertThat(RecordMapping.problem(text))
                .hasValueSatisfying(said -> assertThat(said).contains(problem).endsWith("."));
    }

    @ParameterizedTest
    @CsvSource({
        "741, SECONDS, 741",
        "00:12:21, SECONDS, 741",
        "12.4, MINUTES, 744",
        "'1,33', MINUTES, 79",
        "12:21, MINUTES, 741",
        "741999, MILLISECONDS, 741",
        "1:05, HOURS, 3900",
        "1:75, HOURS, -1",
        "-5, SECONDS, -1",
        "abc, MINUTES, -1"
    })
    void readsLengths(String text, Unit unit, int seconds) {
        assertThat(LengthText.seconds(text, unit)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"Hale, M.\" <201>', 201",
        "Ext.201, 201",
        "sip:+12145550143@10.0.0.1:5060, +12145550143",
        "<I>12145550199, 12145550199",
        "PJSIP/201, 201",
        "(214) 555-0143, (214) 555-0143",
        "*72*007, *72*007"
    })
    void findsTheNumberInWhatIsAroundIt(String text, String number) {
        assertThat(NumberText.plain(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "Total*, total: 5, true",
        "*page*, '   Page 1', true",
        "Total, Total 5, false",
        "a*b*c, a-b-b-c, true",
        "a*b, a-b-c, false"
    })
    void matchesWildcards(String pattern, String text, boolean matches) {
        assertThat(Wildcard.matches(pattern, text)).isEqualTo(matches);
    }
}
