package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.platform.Refusal;

class SshKeyTextTest {
    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, ssh-rsa",
        "RSA, 4096, ssh-rsa",
        "EC, 256, ecdsa-sha2-nistp256",
        "EC, 521, ecdsa-sha2-nistp521"
    })
    void aPublicKeyHasTheFingerprintThatTheLibraryGives(String algorithm, int bits, String type) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        PublicKey key = generator.generateKeyPair().getPublic();

        SshKeyText text = SshKeyText.parse("  " + PublicKeyEntry.toString(key) + " cucm at the office\n");

        assertThat(text.type()).isEqualTo(type);
        assertThat(text.fingerprint()).isEqualTo(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
        assertThat(text.comment()).isEqualTo("cucm at the office");
    }

    @Test
    void anEd25519KeyIsTaken() {
        // From ssh-keygen -l: the fingerprint of this public key.
        SshKeyText text =
                SshKeyText.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");
        assertThat(text.fingerprint()).isEqualTo("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
        assertThat(text.comment()).isEmpty();
    }

    @Test
    void aShortKeyIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        String line = PublicKeyEntry.toString(generator.generateKeyPair().getPublic());
        assertThatThrownBy(() -> SshKeyText.parse(line))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("too short");
    }

    @Test
    void aPrivateKeyIsSentBack() {
        assertThatThrownBy(() -> SshKeyText.parse("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA"))
                .hasMessageContaining("private key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 !!!",
                "ssh-dss AAAAB3NzaC1kc3M=",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
                "ssh-ed25519 AAAA",
                "ssh-ed25519 /////w=="
            })
    void whatIsNoneIsRefused(String line) {
        assertThatThrownBy(() -> SshKeyText.parse(line)).isInstanceOf(Refusal.Invalid.class);
    }
}
