package dev.rootbeat.module.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.credential.CredentialReader.Read;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.Arrays;

/**
 * Any octets as a credential: armour, certificates, private and public keys. What is taken can be listed and opened. Run
 * by {@code FuzzTest} and {@code LongFuzz}.
 *
 * <p>The first octet of an input chooses the type, and whether a password is given.
 */
public final class CredentialFuzz {

    private static final String PASSWORD = "hush";

    private CredentialFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        CredentialType[] types = CredentialType.values();
        int choice = input[0] & 0x0F;
        CredentialType type = types[choice % types.length];
        String password = choice < types.length ? null : PASSWORD;
        byte[] octets = Arrays.copyOfRange(input, 1, input.length);
        if (CredentialReader.read(type, octets, password) instanceof Read.Good(Bytes der)) {
            assertThat(der.size()).isLessThanOrEqualTo(2 * octets.length);
            assertThat(CredentialReader.read(type, der.toArray(), null)).isEqualTo(new Read.Good(der));
            switch (type) {
                case ROOT_CA, CLIENT_CERTIFICATE, SERVER_CERTIFICATE, SIGNATURE_CERTIFICATE ->
                    assertThat(CertificateSummary.of(der).expiry())
                            .matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d");
                case CLIENT_KEY -> PrivateKeys.open(der, "");
                case SIGNATURE_KEY -> {}
            }
        }
    }
}
