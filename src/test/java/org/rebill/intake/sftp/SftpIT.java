package org.rebill.intake.sftp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.SharedServers;
import org.rebill.testing.TestFirm;

/** Files dropped by SFTP, as CUCM and carriers do. */
class SftpIT extends FromOutside {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALL = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042,0,1000035,0,"
            + "E201,Hale M,T9001,Line 1.1,0,0\r\n";

    private static SshClient ssh;
    private static TestFirm firm;
    private static Api owner;
    private static String root;
    private static int sources;

    private String source;
    private String key;

    @BeforeAll
    static void start() {
        ssh = SshClient.setUpDefaultClient();
        ssh.setServerKeyVerifier((session, address, serverKey) -> true);
        ssh.start();
        firm = TestFirm.create();
        owner = Api.as(firm.owner());
        root = "/api/v1/firms/" + firm.slug();
    }

    @AfterAll
    static void stop() {
        ssh.stop();
    }

    @BeforeEach
    void source() {
        Answer created =
                owner.post(root + "/sources", Map.of("name", "Dropped " + sources++, "format", "avaya-ip-office"));
        source = created.json().path("id").asText();
        key = owner.post(root + "/sources/" + source + "/keys", "")
                .json()
                .path("key")
                .asText();
    }

    private static ClientSession session(String password) throws IOException {
        return session("cucm", session -> session.addPasswordIdentity(password));
    }

    private static ClientSession session(String account, KeyPair pair) throws IOException {
        return session(account, session -> session.addPublicKeyIdentity(pair));
    }

    private static ClientSession session(String account, Consumer<ClientSession> identity) throws IOException {
        ClientSession session = ssh.connect(
                        account, "127.0.0.1", SharedServers.running().sftpPort())
                .verify(PATIENCE)
                .getSession();
        identity.accept(session);
        try {
            session.auth().verify(PATIENCE);
        } catch (IOException e) {
            session.close();
            throw e;
        }
        return session;
    }

    private static SftpClient sftp(ClientSession session) throws IOException {
        return SftpClientFactory.instance().createSftpClient(session);
    }

    private static void put(SftpClient client, String name, String text) throws IOException {
        try (OutputStream out = client.write(name)) {
            out.write(text.getBytes(US_ASCII));
        }
    }

    @Test
    void aFileCountsWhenItIsClosed() throws Exception {
        try (ClientSession session = session(key);
                SftpClient client = sftp(session)) {
            client.mkdir("cdr");
            put(client, "cdr/smdr.tmp", CALL);
            assertThat(client.stat("cdr/smdr.tmp").getSize()).isEqualTo(CALL.length());
            client.rename("cdr/smdr.tmp", "cdr/smdr.csv");
            JsonNode file = files().get(0);
            assertThat(file.path("via").asText()).isEqualTo("SFTP");
            assertThat(file.path("name").asText()).isEqualTo("smdr.tmp");
            put(client, "again.csv", CALL);
        }
        JsonNode read = await("DONE");
        assertThat(read.path("legs").asInt()).isEqualTo(1);
        assertThat(files()).hasSize(1);
    }

    @Test
    void nothingCanBeFetchedAndNobodyIsMet() throws Exception {
        try (ClientSession session = session(key);
                SftpClient client = sftp(session)) {
            put(client, "smdr.csv", CALL);
            assertThatThrownBy(() -> {
                        try (InputStream in = client.read("smdr.csv")) {
                            in.readAllBytes();
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> client.symLink("link", "/etc/passwd")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> client.stat("/../../etc/passwd")).isInstanceOf(IOException.class);
            try (ClientSession second = session(key);
                    SftpClient other = sftp(second)) {
                assertThat(names(other)).doesNotContain("smdr.csv");
            }
        }
    }

    private static List<String> names(SftpClient client) throws IOException {
        List<String> names = new ArrayList<>();
        client.readDir("/").forEach(entry -> names.add(entry.getFilename()));
        return names;
    }

    @Test
    void aCutTransferIsKeptAndTold() throws Exception {
        ClientSession session = session(key);
        SftpClient client = sftp(session);
        SftpClient.CloseableHandle handle =
                client.open("cut.csv", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create);
        byte[] half = CALL.substring(0, 60).getBytes(US_ASCII);
        client.write(handle, 0, half);
        session.close(true).await(PATIENCE);

        JsonNode file = await("FAILED");
        assertThat(file.path("failure").asText()).contains("may be cut");
        assertThat(file.path("sizeBytes").asInt()).isEqualTo(60);
        assertThat(owner.get(root + "/files/" + file.path("id").asText() + "/content")
                        .bytes())
                .isEqualTo(half);
    }

    @Test
    void whatIsNoTextIsKeptWithTheReason() throws Exception {
        try (ClientSession session = session(key);
                SftpClient client = sftp(session)) {
            put(client, "report.pdf", "%PDF-1.7 and so on");
        }
        assertThat(await("FAILED").path("failure").asText()).contains("PDF");
    }

    @Test
    void onlyAValidKeyOpens() throws Exception {
        assertThatThrownBy(() -> session("wrong")).isInstanceOf(SshException.class);
        String id = owner.get(root + "/sources/" + source + "/keys")
                .json()
                .path("items")
                .get(0)
                .path("id")
                .asText();
        assertThat(owner.post(root + "/sources/" + source + "/keys/" + id + "/revoke", "")
                        .status())
                .isLessThan(300);
        assertThatThrownBy(() -> session(key)).isInstanceOf(SshException.class);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 521"})
    void aPublicKeyOpensItsSourceUntilItIsRevoked(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        String keys = root + "/sources/" + source + "/ssh-keys";
        Answer added = owner.post(keys, Map.of("publicKey", PublicKeyEntry.toString(pair.getPublic()) + " cucm"));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        assertThat(added.json().path("fingerprint").asText())
                .isEqualTo(KeyUtils.getFingerPrint(BuiltinDigests.sha256, pair.getPublic()));
        assertThat(owner.post(keys, Map.of("publicKey", PublicKeyEntry.toString(pair.getPublic())))
                        .status())
                .isEqualTo(409);

        try (ClientSession session = session(firm.slug(), pair);
                SftpClient client = sftp(session)) {
            put(client, "smdr.csv", CALL);
        }

        assertThat(await("DONE").path("receivedBy").asText()).contains("SHA256:");
        JsonNode known = owner.get(keys).json().path("items").get(0);
        assertThat(known.path("lastUsedAt").asText()).isNotEmpty();
        assertThatThrownBy(() -> session("nobody", pair)).isInstanceOf(SshException.class);
        assertThat(owner.post(keys + "/" + known.path("id").asText() + "/revoke", "")
                        .status())
                .isEqualTo(200);
        assertThatThrownBy(() -> session(firm.slug(), pair)).isInstanceOf(SshException.class);
        KeyPair other = generator.generateKeyPair();
        assertThatThrownBy(() -> session(firm.slug(), other)).isInstanceOf(SshException.class);
    }

    private JsonNode files() {
        return owner.get(root + "/files?source=" + source).json().path("items");
    }

    private JsonNode await(String state) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            for (JsonNode file : files()) {
                if (file.path("state").asText().equals(state)) {
                    return file;
                }
            }
            assertThat(Instant.now()).as("no file is %s: %s", state, files()).isBefore(end);
            Thread.sleep(100);
        }
    }
}
