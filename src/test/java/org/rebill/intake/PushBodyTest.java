package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.platform.Refusal;

class PushBodyTest {
    private static final long MOST = 1000;
    private static final MediaType FORM = MediaType.APPLICATION_FORM_URLENCODED_TYPE;

    private static byte[] read(byte[] body, MediaType type, String encoding) throws IOException {
        try (InputStream records = PushBody.records(new ByteArrayInputStream(body), type, encoding, MOST)) {
            return records.readAllBytes();
        }
    }

    private static String form(String body) throws IOException {
        return new String(read(body.getBytes(StandardCharsets.ISO_8859_1), FORM, null), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aRecordInBase64IsTakenOutOfIt() throws IOException {
        // As FreeSWITCH sends it: a plus sign stands for itself, and arrives as a blank.
        String json = "{\"variables\":{\"accountcode\":\"0042\",\"name\":\"~~~>>>???\"}}";
        String encoded = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThat(encoded).contains("+");
        assertThat(form("cdr=" + encoded)).isEqualTo(json);
        assertThat(form("cdr=" + URLEncoder.encode(encoded, StandardCharsets.UTF_8)))
                .isEqualTo(json);
        assertThat(form("cdr=PGNkcj48L2Nkcj4=")).isEqualTo("<cdr></cdr>");
        assertThat(form("cdr=abcdefghij")).isEqualTo("abcdefghij");
        assertThatThrownBy(() -> form("cdr=PGNkcj48L2Nkcj4!!!!"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.problems())
                        .anySatisfy(problem -> assertThat(problem.code()).isEqualTo("form.base64")));
    }

    @Test
    void aRecordMayBeginOnTheLineOfTheOneBefore() {
        assertThat(FileReading.nextLine(new byte[0], 0)).isEqualTo(1);
        assertThat(FileReading.nextLine(new byte[] {'\n'}, 7)).isEqualTo(8);
        assertThat(FileReading.nextLine(new byte[] {'}'}, 7)).isEqualTo(7);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/csv;charset=utf-8",
                "text/xml",
                "application/json",
                "application/xml",
                "Application/OCTET-STREAM"
            })
    void recordsPassAsTheyAre(String type) throws IOException {
        byte[] bytes = {'a', 0, (byte) 0xff, '\r', '\n'};
        assertThat(read(bytes, MediaType.valueOf(type), null)).isEqualTo(bytes);
        assertThat(read(bytes, null, "identity")).isEqualTo(bytes);
        assertThat(read(gzip(bytes), MediaType.valueOf(type), "GZIP")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "multipart/form-data", "application/pdf", "application/zip"})
    void otherKindsAreRefused(String type) {
        assertThatThrownBy(() -> read(new byte[1], MediaType.valueOf(type), null))
                .isInstanceOf(Refusal.WrongType.class);
    }

    @Test
    void otherPackingsAreRefused() {
        assertThatThrownBy(() -> read(new byte[1], null, "br")).isInstanceOf(Refusal.WrongType.class);
    }

    @ParameterizedTest
    @CsvSource({
        "cdr=a%20b%2Bc+d, a b+c d",
        "cdr=a&other=b, a",
        "uuid=1&cdr=%7B%22a%22%3A1%7D, '{\"a\":1}'",
        "x&cdr=a%3db=c, a=b=c",
        "cdr2=x&CDR=y&cdr=z, z"
    })
    void theFieldOfAFormIsDecoded(String body, String value) throws IOException {
        assertThat(form(body)).isEqualTo(value);
    }

    @Test
    void everyByteOfAFieldStays() throws IOException {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c);
        }
        String encoded = URLEncoder.encode(all.toString(), StandardCharsets.ISO_8859_1);
        assertThat(form("cdr=" + encoded)).isEqualTo(all.toString());
        byte[] packed = gzip(("cdr=" + encoded).getBytes(StandardCharsets.US_ASCII));
        assertThat(read(packed, FORM, "gzip")).isEqualTo(all.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cdr", "a=b&c=d", "=cdr", "cdr=%", "cdr=%4", "cdr=%zz"})
    void aFormWithoutTheFieldOrBadlyEncodedIsRefused(String body) {
        assertThatThrownBy(() -> form(body)).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void aBombIsStoppedAtTheLimit() throws IOException {
        byte[] bomb = gzip(new byte[50_000_000]);
        assertThat(bomb.length).isLessThan(100_000);
        assertThatThrownBy(() -> read(bomb, null, "gzip")).isInstanceOf(Refusal.TooLarge.class);
        assertThat(read(gzip(new byte[(int) MOST]), null, "gzip")).hasSize((int) MOST);
        assertThatThrownBy(() -> read(new byte[(int) MOST + 1], null, null)).isInstanceOf(Refusal.TooLarge.class);
        assertThatThrownBy(() -> form("cdr=" + "a".repeat((int) MOST + 1))).isInstanceOf(Refusal.TooLarge.class);
        assertThatThrownBy(() -> form("x=" + "a".repeat(4 * (int) MOST) + "&cdr=a"))
                .isInstanceOf(Refusal.TooLarge.class);
    }

    @Test
    void damagedPackingIsTold() throws IOException {
        byte[] packed = gzip("some records".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> read(Arrays.copyOf(packed, packed.length - 9), null, "gzip"))
                .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> read(new byte[] {'a', 'b', 'c'}, null, "gzip")).isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> read(new byte[0], null, "gzip")).isInstanceOf(Refusal.Invalid.class);
        packed[packed.length - 6] ^= 1;
        assertThatThrownBy(() -> read(packed, null, "gzip")).isInstanceOf(Refusal.Invalid.class);
    }
}
