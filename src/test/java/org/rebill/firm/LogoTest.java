package org.rebill.firm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.platform.Refusal;

class LogoTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] svg(String content) {
        return bytes("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
                + " viewBox='0 0 10 10'>" + content + "</svg>");
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, written);
        return written.toByteArray();
    }

    /** Only says that it is so large. */
    private static byte[] png(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(57);
        header.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}).putInt(13);
        header.put(new byte[] {'I', 'H', 'D', 'R'}).putInt(width).putInt(height);
        header.put(new byte[] {8, 2, 0, 0, 0}).putInt(0);
        header.putInt(0).put(new byte[] {'I', 'D', 'A', 'T'}).putInt(0);
        return header.array();
    }

    @ParameterizedTest
    @CsvSource({"png, 400, 100, true", "png, 120, 100, false", "jpeg, 400, 100, true", "jpeg, 100, 100, false"})
    void knowsWhereAPictureStands(String format, int width, int height, boolean wide) throws IOException {
        Logo logo = Logo.chosen(picture(format, width, height));

        assertThat(logo.wide()).isEqualTo(wide);
        assertThat(logo.kind().type()).isEqualTo("image/" + format);
        assertThat(logo.address()).startsWith("data:image/" + format + ";base64,");
    }

    @Test
    void knowsWhereADrawingStands() {
        assertThat(Logo.chosen(svg("<path d='M0 0h10'/>")).wide()).isFalse();
        assertThat(Logo.chosen(bytes("<svg width='300px' height='60px'/>")).wide())
                .isTrue();
        assertThat(Logo.chosen(bytes("<svg viewBox='0 0 180 36'/>")).kind().type())
                .isEqualTo("image/svg+xml");
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
        assertThat(Logo.chosen(svg(content)).kind()).isEqualTo(Logo.Kind.SVG);
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
                "<rect OnLoad='x()'/>",
                "<rect fill='url(http://127.0.0.1/a#b)'/>",
                "<rect style='fill: URL( \"http://127.0.0.1/\" )'/>",
                "<rect style='fill: u\\rl(http://127.0.0.1/)'/>",
                "<g xml:base='http://127.0.0.1/'><rect fill='url(#a)'/></g>",
                "<linearGradient xlink:href='http://127.0.0.1/#a'/>",
                "<linearGradient xlink:href='javascript:x()'/>",
                "<?xml-stylesheet href='http://127.0.0.1/'?>"
            })
    void refusesWhatReachesFurtherAndSaysWhere(String content) {
        byte[] drawing = svg("\n" + content);

        assertThatThrownBy(() -> Logo.chosen(drawing))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("at line 2")
                .hasMessageContaining("plain SVG");
        assertThat(Logo.of(drawing)).isEmpty();
    }

    @Test
    void refusesAnEntityFromElsewhere() {
        assertThatThrownBy(() ->
                        Logo.chosen(bytes("<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg>&e;</svg>")))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("document type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF89a", "<html><body/></html>", "%PDF-1.7", "<svg", "\u0089PNG"})
    void refusesWhatIsNoPicture(String content) {
        assertThatThrownBy(() -> Logo.chosen(content.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Refusal.WrongType.class)
                .hasMessageContaining("no SVG, PNG or JPEG picture");
    }

    @Test
    void refusesWhatIsDamaged() throws IOException {
        byte[] whole = picture("png", 300, 300);
        byte[] jpeg = picture("jpeg", 300, 300);

        for (byte[] damaged : new byte[][] {
            Arrays.copyOf(whole, 20),
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(jpeg, 12),
            png(20, 20),
            svg("<path d='M0 0'>")
        }) {
            assertThatThrownBy(() -> Logo.chosen(damaged))
                    .isInstanceOf(Refusal.Invalid.class)
                    .hasMessageContaining("can't be read");
        }
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatThrownBy(() -> Logo.chosen(png(50_000, 300)))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("50000 × 300 pixels");
        assertThatThrownBy(() -> Logo.chosen(new byte[Logo.MOST_BYTES + 1]))
                .isInstanceOf(Refusal.TooLarge.class)
                .hasMessageContaining("larger than 512 KB");
    }

    @Test
    void whereNoneIsThereIsNone() {
        assertThat(Logo.of((byte[]) null)).isEmpty();
        assertThat(Logo.of((String) null)).isEmpty();
        assertThat(Logo.of(" ")).isEmpty();
        assertThat(Logo.of("~~~")).isEmpty();
    }
}
