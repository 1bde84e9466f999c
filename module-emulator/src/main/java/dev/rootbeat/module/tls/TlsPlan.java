package dev.rootbeat.module.tls;

import dev.rootbeat.rot.PreSharedKey;
import java.util.List;
import org.bouncycastle.tls.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What one handshake keeps to: a TLS profile with everything looked up that it names.
 *
 * @param versions the newest first
 * @param suites as {@link Suites} names them
 * @param server what is checked of a server with a certificate
 * @param sni the host name that the server is told; empty for none
 * @param identity what the module shows, or null
 * @param psk the pre-shared key, or null
 */
record TlsPlan(
        List<ProtocolVersion> versions,
        List<Integer> suites,
        ServerCheck server,
        String sni,
        @Nullable ClientIdentity identity,
        @Nullable PreSharedKey psk) {}
