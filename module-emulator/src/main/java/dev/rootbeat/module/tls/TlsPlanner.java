package dev.rootbeat.module.tls;

import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.credential.CredentialStore.Place;
import dev.rootbeat.module.credential.CredentialType;
import dev.rootbeat.module.credential.PrivateKeys;
import dev.rootbeat.module.network.Protocol;
import dev.rootbeat.module.tls.TlsProfile.Choice;
import dev.rootbeat.module.tls.TlsProfile.Text;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.PreSharedKey;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** Looks up what a TLS profile names at the moment of a handshake. */
final class TlsPlanner {

    private static final int ANY_VERSION = 0;
    private static final int TLS_1_0 = 1;
    private static final int TLS_1_1 = 2;
    private static final int PROVISIONED_WITH_AUTHORITIES = 1;
    private static final int WHOLE_CERTIFICATE = 2;

    private final CredentialStore credentials;
    private final RotSecrets rot;
    private final InstantSource clock;

    TlsPlanner(CredentialStore credentials, RotSecrets rot, InstantSource clock) {
        this.credentials = credentials;
        this.rot = rot;
        this.clock = clock;
    }

    /** A profile names what is not there, or makes no sense. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason);
        }
    }

    /**
     * Makes the plan of a handshake.
     *
     * @param host what the host wrote for the server; the certificate must be for it if the profile names no other
     */
    TlsPlan plan(TlsProfile profile, Protocol protocol, String host) throws Unusable {
        PreSharedKey psk = psk(profile);
        List<Integer> suites = SuiteTable.usable(profile.suites(), psk != null);
        if (suites.isEmpty()) {
            throw new Unusable("none of its cipher suites can be used " + (psk == null ? "without a" : "with the")
                    + " pre-shared key");
        }
        Optional<Credential> provisioned = provisioned(profile);
        return new TlsPlan(
                protocol == Protocol.TCP ? tls(profile) : dtls(profile),
                suites,
                check(profile, provisioned, host),
                profile.get(Text.SNI),
                provisioned.isPresent() ? identity(provisioned.get()) : identity(profile),
                psk);
    }

    private static List<ProtocolVersion> tls(TlsProfile profile) {
        return switch (profile.get(Choice.VERSION)) {
            case ANY_VERSION -> List.of(ProtocolVersion.TLSv12, ProtocolVersion.TLSv11, ProtocolVersion.TLSv10);
            case TLS_1_0 -> List.of(ProtocolVersion.TLSv10);
            case TLS_1_1 -> List.of(ProtocolVersion.TLSv11);
            default -> List.of(ProtocolVersion.TLSv12);
        };
    }

    /** DTLS 1.0 goes with TLS 1.1, and there is none for TLS 1.0. */
    private static List<ProtocolVersion> dtls(TlsProfile profile) throws Unusable {
        return switch (profile.get(Choice.VERSION)) {
            case ANY_VERSION -> List.of(ProtocolVersion.DTLSv12, ProtocolVersion.DTLSv10);
            case TLS_1_0 -> throw new Unusable("there is no DTLS for TLS 1.0");
            case TLS_1_1 -> List.of(ProtocolVersion.DTLSv10);
            default -> List.of(ProtocolVersion.DTLSv12);
        };
    }

    private @Nullable PreSharedKey psk(TlsProfile profile) throws Unusable {
        if (profile.get(Choice.ROT_PSK) == 1) {
            return rot.psk()
                    .get()
                    .orElseThrow(() -> new Unusable("the Root of Trust generates no pre-shared key: not sealed"));
        }
        String key = profile.get(Text.PSK);
        return key.isEmpty() ? null : new PreSharedKey(octets(profile.get(Text.PSK_ID)), octets(key));
    }

    private static Bytes octets(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Optional<Credential> provisioned(TlsProfile profile) throws Unusable {
        if (profile.get(Choice.PROVISIONED) == 0) {
            return Optional.empty();
        }
        Optional<Credential> credential = rot.provisioned().get();
        if (credential.isEmpty()) {
            throw new Unusable("there is no provisioned credential");
        }
        return credential;
    }

    private static ClientIdentity identity(Credential provisioned) throws Unusable {
        return new ClientIdentity(
                provisioned.chain(),
                key(PrivateKeyInfo.getInstance(provisioned.privateKey().getEncoded())));
    }

    private @Nullable ClientIdentity identity(TlsProfile profile) throws Unusable {
        String certificate = profile.get(Text.CLIENT_CERTIFICATE);
        String key = profile.get(Text.CLIENT_KEY);
        if (certificate.isEmpty() && key.isEmpty()) {
            return null;
        }
        Bytes own = find(CredentialType.CLIENT_CERTIFICATE, certificate);
        PrivateKeyInfo opened = PrivateKeys.open(find(CredentialType.CLIENT_KEY, key), profile.get(Text.KEY_PASSWORD))
                .orElseThrow(() -> new Unusable("the password does not open key \"" + key + "\""));
        return new ClientIdentity(List.of(own), key(opened));
    }

    private static AsymmetricKeyParameter key(PrivateKeyInfo info) throws Unusable {
        try {
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
            if (!KeyStrength.isEnough(key)) {
                throw new Unusable("the client's key is too short");
            }
            return key;
        } catch (IOException e) {
            throw new Unusable("the client's key is of an unknown kind: " + e.getMessage());
        }
    }

    private ServerCheck check(TlsProfile profile, Optional<Credential> provisioned, String host) throws Unusable {
        String expected = profile.get(Text.HOST);
        String pinned = profile.get(Text.PINNED);
        return new ServerCheck(
                profile.get(Choice.VALIDATION),
                authorities(profile, provisioned),
                expected.isEmpty() ? host : expected,
                clock.instant(),
                pinned.isEmpty() ? null : find(CredentialType.SERVER_CERTIFICATE, pinned),
                profile.get(Choice.PINNING) == WHOLE_CERTIFICATE);
    }

    private List<Bytes> authorities(TlsProfile profile, Optional<Credential> provisioned) throws Unusable {
        String name = profile.get(Text.ROOT_CA);
        Stream<Bytes> imported = name.isEmpty()
                ? credentials.all().entrySet().stream()
                        .filter(entry -> entry.getKey().type() == CredentialType.ROOT_CA)
                        .map(Map.Entry::getValue)
                : Stream.of(find(CredentialType.ROOT_CA, name));
        Stream<Bytes> own = profile.get(Choice.PROVISIONED) == PROVISIONED_WITH_AUTHORITIES
                ? provisioned.stream().flatMap(credential -> credential.trustAnchors().stream())
                : Stream.of();
        return Stream.concat(own, imported).toList();
    }

    private Bytes find(CredentialType type, String name) throws Unusable {
        Bytes der = credentials.find(new Place(type, name));
        if (der == null) {
            throw new Unusable("there is no " + type + " \"" + name + "\"");
        }
        return der;
    }
}
