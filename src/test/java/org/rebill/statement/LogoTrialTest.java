package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.firm.Logo;
import org.rebill.platform.Refusal;

class LogoTrialTest {
    private static Logo svg(String drawing) {
        return Logo.chosen(drawing.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void drawsWhatTheSampleFirmsHave() {
        assertThatCode(() -> {
                    LogoTrial.draw(svg(SampleStatements.SQUARE_LOGO));
                    LogoTrial.draw(svg(SampleStatements.WIDE_LOGO));
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path d='M0 nonsense'/>",
                "<rect fill='url(#nowhere)' width='9' height='9'/>",
                "<rect width='wide' height='9'/>",
                "<rect width='9' height='9' transform='nonsense'/>"
            })
    void refusesWhatThePrinterCouldNotDraw(String content) {
        Logo logo = svg("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>" + content + "</svg>");

        assertThatThrownBy(() -> LogoTrial.draw(logo))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("The SVG can't be drawn: ");
    }
}
