package org.rebill.speeddial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.audit.AuditLog;
import org.rebill.code.Codes;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.speeddial.SpeedDials.Draft;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Speed dials on the real schema and the files of them. */
class SpeedDialsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOON);
    private final SpeedDials dials = services.get(SpeedDials.class);
    private final UUID karin = UUID.randomUUID();
    private UUID firm;

    @BeforeEach
    void aFirmWithTwoCodes() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        BareDatabase.get().in(firm, connection -> Sql.on(connection)
                .update("insert into person (firm_id, id, name, initials) values (?, ?, 'Karin', 'K')", firm, karin));
        in(() -> {
            services.get(AuditLog.class).open();
            services.get(Codes.class).create(new Codes.Draft("007", null, true, null, null, null));
            return services.get(Codes.class).create(new Codes.Draft("104200001", null, true, null, null, null));
        });
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    private void add(Draft... drafts) throws Exception {
        in(() -> {
            dials.add(karin, List.of(drafts));
            return null;
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "*72*CODE*NUMBER, *72*007*5125550144",
        "CODE**NUMBER,    007**5125550144",
        "099CODENUMBER,   0990075125550144",
        "'9NUMBER,,CODE', '95125550144,,007'",
        "'',              *007*5125550144"
    })
    void aCodeIsDialledAsThePhoneSystemWantsIt(String form, String dialled) {
        assertThat(DialForm.of(form).dial("007", "5125550144")).isEqualTo(dialled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CODE", "NUMBER", "CODECODENUMBER", "CODE NUMBER", "CODE<NUMBER", "NUMBERCODE", "*code*number"})
    void whatIsNoSuchFormIsRefused(String form) {
        assertThatThrownBy(() -> DialForm.of(form)).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void fiftyAreAddedAtOnceAllOrNone() throws Exception {
        List<Draft> fifty = new ArrayList<>();
        for (int i = 10; i < 60; i++) {
            fifty.add(new Draft("Client " + i, "007", "(512) 555-01" + i));
        }
        add(fifty.toArray(Draft[]::new));
        assertThat(in(() -> dials.of(karin))).hasSize(50);
        assertThat(in(() -> dials.file(karin, PhoneMake.CSV, "")).lines()).hasSize(51);

        assertThatThrownBy(() -> add(new Draft("New", "007", "5125550199"), new Draft("", "8", "12ab")))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refused -> assertThat(refused.problems())
                        .extracting(Refusal.Problem::text)
                        .containsExactly(
                                "Line 2: Give it a label.",
                                "Line 2: There is no code '8' that can be dialled now.",
                                "Line 2: '12ab' is no number of 2 to 20 digits."));
        assertThatThrownBy(() -> add(new Draft("Twice", "007", "5125550110"))).isInstanceOf(Refusal.Conflict.class);
        assertThat(in(() -> dials.of(karin))).hasSize(50);
        UUID one = in(() -> dials.of(karin)).get(0).id();
        in(() -> {
            dials.remove(one);
            return null;
        });
        assertThat(in(() -> dials.of(karin))).hasSize(49);
    }

    @ParameterizedTest
    @EnumSource(
            value = PhoneMake.class,
            names = {"YEALINK", "POLYCOM", "CISCO", "GRANDSTREAM"})
    void phoneBooksAreWellFormedAndDialTheCodeFirst(PhoneMake make) throws Exception {
        add(new Draft("Barton & Sons <\"Creek\">", "007", "+1 512 555 0144"));

        Document book = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(in(() -> dials.file(karin, make, "*72,CODE*NUMBER")))));

        assertThat(book.getDocumentElement().getTextContent())
                .contains("Barton & Sons <\"Creek\">", "*72,007*+15125550144");
    }

    @Test
    void cardsAndTablesKeepWhatStandsInThem() throws Exception {
        add(new Draft("Barton, Creek; Sons", "007", "5125550144"));

        assertThat(in(() -> dials.file(karin, PhoneMake.VCARD, "")))
                .contains("FN:Barton\\, Creek\\; Sons\r\n", "TEL;TYPE=WORK,VOICE:*007*5125550144\r\n");
        assertThat(in(() -> dials.file(karin, PhoneMake.CSV, "")).lines())
                .containsExactly("label,dial,code,number", "\"Barton, Creek; Sons\",*007*5125550144,007,5125550144");
    }

    @Test
    void whatATelephoneCannotDialIsRefusedWithItsLabel() throws Exception {
        add(new Draft("Far away", "104200001", "+12345678901234567890"));

        assertThatThrownBy(() -> in(() -> dials.file(karin, PhoneMake.CISCO, "*72*CODE*NUMBER")))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessage("Far away dials 35 characters; this telephone takes 32.");
        assertThat(in(() -> dials.file(karin, PhoneMake.GRANDSTREAM, "*72*CODE*NUMBER")))
                .contains("*72*104200001*+12345678901234567890");
    }

    @Test
    void anotherFirmsPeopleAreNotThere() throws Exception {
        UUID other = BareDatabase.get().newFirm().id();

        assertThatThrownBy(() -> services.in(other, CLERK, () -> dials.of(karin)))
                .isInstanceOf(Refusal.NotFound.class);
    }
}
