package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoTest {
    private static Logo svg(String content) {
        return Logo.of(SampleStatements.base64(
                        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
                                + " viewBox='0 0 10 10'>" + content + "</svg>"))
                .orElse(null);
    }

    private static String png(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(33);
        header.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}).putInt(13);
        header.put(new byte[] {'I', 'H', 'D', 'R'}).putInt(width).putInt(height);
        return Base64.getEncoder().encodeToString(header.array());
    }

    @Test
    void knowsWhereToStand() {
        assertThat(Logo.of(SampleStatements.base64(SampleStatements.SQUARE_LOGO)))
                .get()
                .returns(false, Logo::wide);
        assertThat(Logo.of(SampleStatements.base64(SampleStatements.WIDE_LOGO)))
                .get()
                .returns(true, Logo::wide);
        assertThat(Logo.of(png(400, 100))).get().returns(true, Logo::wide);
        assertThat(Logo.of(png(120, 100))).get().returns(false, Logo::wide);
        assertThat(Logo.of(SampleStatements.base64("<svg width='300px' height='60px'/>")))
                .get()
                .returns(true, Logo::wide);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<path d='M0 0h10'/>",
                "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs><rect fill='url(#a)' width='9'/>",
                "<linearGradient id='b' xlink:href='#a'/>",
                "<rect fill=\"url('#a')\" width='9'/>"
            })
    void takesPlainDrawings(String content) {
        assertThat(svg(content)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<image xlink:href='http://127.0.0.1/'/>",
                "<image href='file:///etc/passwd'/>",
                "<use href='#a'/>",
                "<script>x()</script>",
                "<style>@import url(http://127.0.0.1/)</style>",
                "<foreignObject/>",
                "<rect onload='x()'/>",
                "<rect fill='url(http://127.0.0.1/a#b)'/>",
                "<rect style='fill: URL( \"http://127.0.0.1/\" )'/>",
                "<rect style='fill: u\\rl(http://127.0.0.1/)'/>",
                "<g xml:base='http://127.0.0.1/'><rect fill='url(#a)'/></g>",
                "<linearGradient xlink:href='http://127.0.0.1/#a'/>",
                "<?xml-stylesheet href='http://127.0.0.1/'?>",
                "<path d='M0 0'>"
            })
    void leavesOutWhatReachesFurther(String content) {
        assertThat(svg(content)).isNull();
    }

    @Test
    void leavesOutWhatIsNoImage() {
        assertThat(Logo.of(null)).isEmpty();
        assertThat(Logo.of(" ")).isEmpty();
        assertThat(Logo.of("~~~")).isEmpty();
        assertThat(Logo.of(SampleStatements.base64("GIF89a"))).isEmpty();
        assertThat(Logo.of(png(50_000, 50_000))).isEmpty();
        assertThat(Logo.of("iVBORw0KGgo=")).isEmpty();
        assertThat(Logo.of(SampleStatements.base64(
                        "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg>&e;</svg>")))
                .isEmpty();
        assertThat(Logo.of("A".repeat(2_000_000))).isEmpty();
    }
}
