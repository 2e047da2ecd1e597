package org.rebill.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.code.CodeIndex.Standing;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Refusal;

/** Codes from files and lists for phone systems, on the real schema. */
class CodeImportTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOON);
    private final CodeImport files = services.get(CodeImport.class);
    private final CodeExports exports = services.get(CodeExports.class);
    private final Codes codes = services.get(Codes.class);
    private UUID firm;
    private UUID barton;
    private UUID wall;

    @BeforeEach
    void aFirmWithClients() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        in(() -> {
            services.get(AuditLog.class).open();
            Clients clients = services.get(Clients.class);
            barton = clients.create(new Clients.Draft("Barton Creek Builders LLC", null, null, null, null))
                    .id();
            clients.create(new Clients.Draft("Lakeway Dental", null, null, null, null));
            wall = clients.addMatter(barton, new Clients.MatterDraft("2026-014", "Retaining wall"))
                    .id();
            return null;
        });
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    private CodeImport.Outcome store(String... lines) throws Exception {
        return in(() -> files.store(String.join("\n", lines)));
    }

    private CodeIndex.Meaning meaning(String code, Instant at) throws Exception {
        return in(() -> codes.index(Set.of(code)).find(code, at));
    }

    @Test
    void aFileGivesCodesOutAndTheNextOneChangesThem() throws Exception {
        CodeImport.Outcome first = store(
                "code;client;matter;label;group",
                "007;barton creek builders llc;2026-014;\"Wall; north\";Austin",
                "9;HOUSE;;;");

        assertThat(first).extracting("lines", "created", "changed", "unchanged").containsExactly(2, 2, 0, 0);
        assertThat(meaning("007", NOON.minus(Duration.ofDays(900))))
                .isEqualTo(new CodeIndex.Meaning(Standing.OK, barton, wall));
        assertThat(meaning("9", NOON).standing()).isEqualTo(Standing.HOUSE);
        assertThat(services.news()).contains(new CodesChanged(Set.of("007", "9")));

        CodeImport.Outcome second = store(
                "retired,code,client,matter,label,group",
                "2026-12-01,007,Barton Creek Builders LLC,2026-014,Wall,Austin",
                ",9,House,,,");

        assertThat(second).extracting("created", "changed", "unchanged").containsExactly(0, 1, 1);
        assertThat(meaning("007", Instant.parse("2026-12-01T05:59:59Z")).standing())
                .isEqualTo(Standing.OK);
        assertThat(meaning("007", Instant.parse("2026-12-01T06:00:00Z")).standing())
                .isEqualTo(Standing.RETIRED);
        List<String> acts = in(() -> services.get(EntityManager.class)
                .createQuery("from AuditEntry where action = 'codes.imported' order by seq", AuditEntry.class)
                .getResultStream()
                .map(AuditEntry::entry)
                .toList());
        assertThat(acts).hasSize(2);
        assertThat(acts.get(1)).contains("\"labelBefore\":\"Wall; north\"");
    }

    @Test
    void aRetiredCodeGoesToAnotherClientFromALaterMomentOnly() throws Exception {
        store("code,client", "1042,Barton Creek Builders LLC");

        assertThatThrownBy(() -> store("code,client", "1042,Lakeway Dental"))
                .hasMessage(
                        "Line 2: Code 1042 is Barton Creek Builders LLC's. Retire it there first, or use another code.");
        store(
                "code,client,from,retired",
                "1042,Barton Creek Builders LLC,,2026-11-20",
                "1042,Lakeway Dental,2026-11-20,");

        assertThat(meaning("1042", Instant.parse("2026-11-20T05:00:00Z")).clientId())
                .isEqualTo(barton);
        assertThat(meaning("1042", NOON).clientId()).isNotEqualTo(barton).isNotNull();
        assertThatThrownBy(() -> store("code,client,from", "1042,House,2026-11-10"))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void eachWrongLineIsToldAndNothingIsStored() throws Exception {
        String csv = """
                code,client,matter,from,retired
                1,Lakeway Dental,,,
                1234567890,House,,,
                \u0661\u0662,House,,,
                12 3,House,,,
                2,,,,
                3,Nobody,,,
                4,Lakeway Dental,2026-014,,
                5,House,2026-014,,
                6,House,,tomorrow,
                7,House,,2026-12-01,2026-11-01
                1,Lakeway Dental,,,""";

        CodeImport.Outcome outcome = in(() -> files.preview(csv));

        assertThat(outcome.problems())
                .extracting(CodeImport.LineProblem::line, CodeImport.LineProblem::field, CodeImport.LineProblem::code)
                .containsExactly(
                        tuple(3L, "code", "code.digits"),
                        tuple(4L, "code", "code.digits"),
                        tuple(5L, "code", "code.digits"),
                        tuple(6L, "client", "client.missing"),
                        tuple(7L, "client", "client.unknown"),
                        tuple(8L, "matter", "matter.unknown"),
                        tuple(9L, "matter", "house.matter"),
                        tuple(10L, "from", "moment.form"),
                        tuple(11L, "retired", "retire.order"),
                        tuple(12L, "code", "code.twice"));
        assertThat(outcome.created()).isEqualTo(1);
        assertThatThrownBy(() -> store(csv)).isInstanceOf(Refusal.Invalid.class);
        assertThat(meaning("1", NOON).standing()).isEqualTo(Standing.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "'', There is nothing in it.",
        "'code\n1', The first line has no column 'client'.",
        "'code,client,colour\n1,House,red', The first line has a column 'colour'.",
        "'code,code,client\n1,1,House', The first line has the column 'code' twice."
    })
    void whatIsNoFileOfCodesIsRefused(String csv, String text) {
        assertThatThrownBy(() -> in(() -> files.preview(csv)))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageStartingWith(text.replace("''", "'"));
    }

    @Test
    void whatWasTakenOutIsReadBackToTheSame() throws Exception {
        store(
                "code,client,matter,label,group,from,retired",
                "007,Barton Creek Builders LLC,2026-014,\"A \"\"wall\"\", and more\",Austin,2026-01-01T09:30,",
                "1042,Barton Creek Builders LLC,,,,,2026-11-20",
                "1042,Lakeway Dental,,,,2026-11-20,",
                "9,House,,Own,,,");
        String csv = in(files::export);

        assertThat(csv.lines().findFirst()).hasValue("code,label,client,matter,group,from,retired");
        assertThat(store("\uFEFF" + csv))
                .extracting("created", "changed", "unchanged")
                .containsExactly(0, 0, 4);
    }

    @Test
    void tenThousandCodesAreStoredInUnderTenSeconds() throws Exception {
        StringBuilder csv = new StringBuilder("code,client,label\n");
        for (int i = 0; i < 10_000; i++) {
            csv.append(100_000 + i).append(",Lakeway Dental,No ").append(i).append('\n');
        }
        long start = System.nanoTime();

        CodeImport.Outcome outcome = in(() -> files.store(csv.toString()));

        assertThat(outcome.created()).isEqualTo(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void listsForPhoneSystemsHoldWhatCanBeDialledAndSayWhenTheyAreOld() throws Exception {
        store(
                "code,client,matter,label,group,retired",
                "007,Barton Creek Builders LLC,2026-014,\"Wall; a very long label that goes on beyond fifty letters\",Austin,",
                "1042,Lakeway Dental,,,,",
                "8,Lakeway Dental,,,,2026-11-01",
                "9,House,,,,");

        assertThat(list(ExportFormat.CISCO_CMC, ""))
                .isEqualTo(
                        "007,Wall; a very long label that goes on beyond fifty\r\n1042,Lakeway Dental\r\n9,House\r\n");
        assertThat(list(ExportFormat.CISCO_FAC, "").lines())
                .containsExactly(
                        "007,007 Wall; a very long label that goes on beyond fi,10",
                        "1042,1042 Lakeway Dental,10",
                        "9,9 House,10");
        assertThat(list(ExportFormat.FREEPBX_PINSET, "")).isEqualTo("007\n1042\n9\n");
        assertThat(list(ExportFormat.ASTERISK_CONF, "")).isEqualTo("""
                        [codes]
                        007=Wall\\; a very long label that goes on beyond fifty letters
                        1042=Lakeway Dental
                        9=House
                        """);
        assertThat(list(ExportFormat.ASTERISK_ASTDB, "").lines())
                .containsExactly(
                        "#!/bin/sh",
                        "asterisk -rx 'database deltree rebill-codes'",
                        "asterisk -rx 'database put rebill-codes 007 1'",
                        "asterisk -rx 'database put rebill-codes 1042 1'",
                        "asterisk -rx 'database put rebill-codes 9 1'");
        assertThat(list(ExportFormat.AVAYA_IP_OFFICE, "").lines())
                .containsExactly("Account Code,Caller ID", "007,", "1042,", "9,");
        assertThat(list(ExportFormat.GENERIC, "Austin").lines())
                .containsExactly(
                        "code,label,client,matter,group",
                        "007,Wall; a very long label that goes on beyond fifty letters,Barton Creek Builders LLC,"
                                + "2026-014,Austin");
        assertThat(in(exports::last)).hasSize(7).allSatisfy(last -> assertThat(last.old())
                .isFalse());

        store("code,client", "1043,Lakeway Dental");

        assertThat(in(exports::last).stream().filter(CodeExports.Last::old).map(CodeExports.Last::format))
                .doesNotContain(ExportFormat.GENERIC)
                .hasSize(6);
        list(ExportFormat.FREEPBX_PINSET, "");
        assertThat(in(exports::last).stream()
                        .filter(last -> last.format() == ExportFormat.FREEPBX_PINSET)
                        .map(CodeExports.Last::old))
                .containsExactly(false);
        assertThat(in(exports::groups)).containsExactly("Austin");
    }

    private String list(ExportFormat format, String group) throws Exception {
        services.setNow(services.get(java.time.Clock.class).instant().plusSeconds(1));
        return in(() -> exports.take(format, group)).content();
    }

    @Test
    void anotherFirmsCodesAndListsAreNotThere() throws Exception {
        store("code,client", "1042,Lakeway Dental");
        list(ExportFormat.GENERIC, "");
        UUID other = BareDatabase.get().newFirm().id();

        assertThat(services.in(other, CLERK, files::export).lines()).hasSize(1);
        assertThat(services.in(other, CLERK, exports::last)).isEmpty();
    }
}
