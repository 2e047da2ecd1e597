package org.rebill.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packs of the demo can be read, and a mistake in one is told with file, line and field. */
class PackReaderTest {
    private static final Path DEMO = Path.of("tenants");

    @TempDir
    private Path tenants;

    private Path folder;

    @BeforeEach
    void aSmallPack() throws IOException {
        folder = Files.createDirectories(tenants.resolve("small/records")).getParent();
        write("records/Master.csv", "");
        write("tenant.yaml", """
                slug: small
                name: Small & Co.
                trade: LAW
                sites:
                  - name: Here
                people:
                  - name: Ann Small
                    extensions: [{number: "007"}]
                sources:
                  - name: Phones
                    records: [records/Master.csv]
                users:
                  - username: ann
                    name: Ann Small
                    email: ann@small.example
                    roles: [OWNER, PROFESSIONAL]
                    person: Ann Small
                """);
        write("clients.yaml", """
                - name: Bolt Ltd
                  matters:
                    - {reference: M-1, name: Nuts}
                """);
        write("codes.csv", """
                code,label,client,matter,retired
                007,Nuts,Bolt Ltd,M-1,
                9,House,,,2026-09-30
                """);
        write("agreements.yaml", """
                - number: A-001
                  client: Bolt Ltd
                  matter: M-1
                  versions:
                    - terms: {hourlyRate: 250.5, incrementSeconds: 360}
                      validFrom: 2026-01-01
                      rates: {Ann Small: 300}
                      accepted: {at: "2026-01-01T09:00", by: Bob Bolt, how: SIGNED}
                """);
    }

    static Stream<Path> demo() {
        return PackReader.packs(DEMO).stream();
    }

    @ParameterizedTest
    @MethodSource("demo")
    void theDemoCanBeRead(Path demo) {
        Pack pack = PackReader.read(demo);
        assertThat(pack.tenant().slug()).isEqualTo(demo.getFileName().toString());
        assertThat(pack.logo()).isNotEmpty();
        assertThat(pack.agreements()).isNotEmpty().allSatisfy(agreement -> agreement
                .versions()
                .forEach(version -> assertThat(version.terms().hourlyRate()).isPositive()));
        assertThat(pack.tenant().users()).extracting(Pack.User::password).doesNotContainNull();
    }

    @Test
    void theDemoIsThreeFirms() {
        assertThat(demo().map(PackReader::slug)).containsExactly("hale-ortiz", "kestrel", "lindgren");
    }

    @Test
    void textThatLooksLikeANumberStaysAsItIs() {
        Pack pack = PackReader.read(folder);
        assertThat(pack.codes()).extracting(Pack.Code::code).containsExactly("007", "9");
        assertThat(pack.tenant().people().get(0).extensions().get(0).number()).isEqualTo("007");
        assertThat(pack.agreements().get(0).versions().get(0).terms().hourlyRate())
                .isEqualTo("250.5");
    }

    @Test
    void anUnknownFieldIsToldWithItsLine() throws IOException {
        change("tenant.yaml", "trade: LAW", "trad: LAW");
        assertThat(problem().toString())
                .startsWith("small/tenant.yaml, line 3, trad: There is no field 'trad' here; known are address, ");
    }

    @Test
    void aWrongValueIsToldWithItsLine() throws IOException {
        change("agreements.yaml", "validFrom: 2026-01-01", "validFrom: New Year");
        PackProblem problem = problem();
        assertThat(problem.line()).isEqualTo(6);
        assertThat(problem.field()).isEqualTo("[0].versions[0].validFrom");
        assertThat(problem.text()).contains("New Year");
    }

    @Test
    void whatIsNotYamlIsToldWithItsLine() throws IOException {
        change("clients.yaml", "matters:", "matters: [");
        PackProblem problem = problem();
        assertThat(problem.file()).isEqualTo("small/clients.yaml");
        assertThat(problem.line()).isBetween(2, 4);
    }

    @Test
    void theSameFieldTwiceIsRefused() throws IOException {
        change("tenant.yaml", "trade: LAW", "slug: other");
        assertThat(problem().line()).isEqualTo(3);
    }

    @Test
    void allNamesThatFitNothingAreToldAtOnce() throws IOException {
        change("tenant.yaml", "person: Ann Small", "person: Ann Tall");
        change("tenant.yaml", "records/Master.csv", "../outside.csv");
        change("codes.csv", "Bolt Ltd", "Screw Ltd");
        change("codes.csv", "2026-09-30", "soon");
        change("agreements.yaml", "M-1", "M-2");
        change("agreements.yaml", "Ann Small: 300", "Ann Tall: 300");
        assertThat(bad().problems().stream().map(PackProblem::toString))
                .containsExactly(
                        "small/tenant.yaml, line 11, sources[0].records[0]: There is no file '../outside.csv' in the pack.",
                        "small/tenant.yaml, line 17, users[0].person: There is no person in this file called 'Ann Tall'.",
                        "small/codes.csv, line 2, client: There is no client 'Screw Ltd' in clients.yaml.",
                        "small/codes.csv, line 3, retired: A day is written as 2026-09-30.",
                        "small/agreements.yaml, line 3, [0].matter: There is no matter of this client in clients.yaml "
                                + "called 'M-2'.",
                        "small/agreements.yaml, line 7, [0].versions[0].rates.Ann Tall: There is no person in tenant.yaml "
                                + "called 'Ann Tall'.");
    }

    @Test
    void rolesMustFitWhatTheUserIs() throws IOException {
        change("tenant.yaml", "roles: [OWNER, PROFESSIONAL]", "roles: [CLIENT]");
        assertThat(problem().text()).isEqualTo("A user of role CLIENT, and no other, names the client.");
        change("tenant.yaml", "roles: [CLIENT]", "roles: [KING]");
        assertThat(problem().field()).isEqualTo("users[0].roles[0]");
    }

    @Test
    void aColumnTooManyIsToldWithItsLine() throws IOException {
        change("codes.csv", "9,House,,,2026-09-30", "9,House,,,,");
        assertThat(problem().toString()).isEqualTo("small/codes.csv, line 3: A line has 5 fields; this one has 6.");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(folder.resolve("clients.yaml"));
        assertThat(problem().toString()).isEqualTo("small/clients.yaml: The file is missing.");
    }

    @Test
    void aMissingFolderIsNamed() {
        BadPack bad = catchThrowableOfType(BadPack.class, () -> PackReader.packs(tenants.resolve("nowhere")));
        assertThat(bad).hasMessageContaining("Mend rebill.tenants");
    }

    private PackProblem problem() {
        assertThat(bad().problems()).hasSize(1);
        return bad().problems().get(0);
    }

    private BadPack bad() {
        BadPack bad = catchThrowableOfType(BadPack.class, () -> PackReader.read(folder));
        assertThat(bad).isNotNull();
        return bad;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void change(String name, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(name));
        assertThat(text).contains(from);
        write(name, text.replace(from, to));
    }
}
