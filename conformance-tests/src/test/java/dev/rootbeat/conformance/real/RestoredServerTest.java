package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is restored from a backup which is older than what its devices remember (protocol, section 5.8). */
class RestoredServerTest {

    private static final long SEED = Long.getLong("rootbeat.seed", 20261124L);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Watch watch = new Watch();

    @ParameterizedTest
    @EnumSource
    void a_restored_server_takes_up_with_devices_that_are_ahead_of_it(Storage storage, @TempDir Path folder)
            throws Exception {
        String url = storage.empty(folder);
        Path backup = folder.resolve("backup");
        try (var server = new ServerProcess(url, random);
                var operator = new Operator(server.httpUrl());
                var fleet = new RealFleet(4, random.split(), List.of(server.coapsAddress()), RealFleet.HASTY, watch)) {
            server.start();
            server.awaitReady();
            List<RotPublicUid> uids = fleet.uids();
            String rootCa = operator.createRootCa("Root", Duration.ofDays(90));
            fleet.seal(operator.createProfile(rootCa));
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            uids.stream().allMatch(uid -> fleet.credential(uid).isPresent()));
            operator.awaitPeace(uids);

            storage.backUp(url, backup);

            // What the backup does not know: two more certificates each, one on another key, and a revocation.
            Set<BigInteger> forgotten = new HashSet<>(renewed("update", uids, operator, fleet));
            operator.instruct("revoke", uids.subList(0, 1), "");
            renewed("update", uids.subList(0, 1), operator, fleet);
            forgotten.addAll(renewed("renew", uids, operator, fleet));
            BigInteger lastNumber = crlNumber(operator, rootCa);

            server.stop();
            storage.restore(backup, url);
            server.start();
            server.awaitReady();

            assertThat(crlNumber(operator, rootCa)).isGreaterThan(lastNumber);
            // It adopts what the devices hold, and signs under new serial numbers.
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(effective(operator, uids)).containsExactlyElementsOf(serials(uids, fleet)));
            assertThat(renewed("renew", uids, operator, fleet)).doesNotContainAnyElementsOf(forgotten);
            BigInteger beforeRevocation = crlNumber(operator, rootCa);
            operator.instruct("revoke", uids, "");
            assertThat(crlNumber(operator, rootCa)).isGreaterThan(beforeRevocation);
            assertThat(crl(operator, rootCa).getRevokedCertificates())
                    .extracting(entry -> entry.getSerialNumber())
                    .containsAll(serials(uids, fleet));
            server.stop();
            assertThat(server.complaints()).isEmpty();
            try (Store store = Stores.open(url)) {
                List<Device> devices = store.read(view ->
                        uids.stream().map(uid -> view.device(uid).orElseThrow()).toList());
                assertThat(devices).extracting(Device::frozen).containsOnlyNulls();
                List<Notification> told = store.read(view -> view.notifications());
                assertThat(told).extracting(Notification::kind).doesNotContain(Notification.Kind.CLONE_SUSPECTED);
            }
        }
    }

    /** Has an operation done by all devices, and returns the serial numbers that they have then. */
    private static List<BigInteger> renewed(
            String operation, List<RotPublicUid> uids, Operator operator, RealFleet fleet) throws IOException {
        List<BigInteger> before = serials(uids, fleet);
        operator.instruct(operation, uids, "");
        operator.awaitPeace(uids);
        assertThat(serials(uids, fleet)).doesNotContainAnyElementsOf(before);
        return serials(uids, fleet);
    }

    private static List<BigInteger> serials(List<RotPublicUid> uids, RealFleet fleet) {
        return uids.stream()
                .map(uid -> serial(fleet.credential(uid).orElseThrow().chain().getFirst()))
                .toList();
    }

    /** The serial numbers of the certificates that the server takes for those in use. */
    private static List<BigInteger> effective(Operator operator, List<RotPublicUid> uids) throws IOException {
        var serials = new ArrayList<BigInteger>();
        for (RotPublicUid uid : uids) {
            operator.certificates(uid).get("Certificates").forEach(certificate -> {
                if (certificate.get("State").asString().equals("EFFECTIVE")) {
                    serials.add(new BigInteger(certificate.get("SerialNumber").asString(), 16));
                }
            });
        }
        return serials;
    }

    private static BigInteger serial(Bytes certificate) {
        return Certificate.getInstance(certificate.toArray()).getSerialNumber().getValue();
    }

    private static BigInteger crlNumber(Operator operator, String rootCa) throws IOException, GeneralSecurityException {
        byte[] number = crl(operator, rootCa).getExtensionValue(Extension.cRLNumber.getId());
        return ASN1Integer.getInstance(ASN1OctetString.getInstance(number).getOctets())
                .getValue();
    }

    private static X509CRL crl(Operator operator, String rootCa) throws IOException, GeneralSecurityException {
        return (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(operator.crl(rootCa).getBytes(StandardCharsets.UTF_8)));
    }
}
