package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Result;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RootOfTrustTest {

    private final P256 p256 = new DeterministicP256(new SplittableRandom(1));
    private final TestAuthority authority = TestAuthority.root(p256, "root");
    private final TestDevice device = new TestDevice(p256, new MemoryMedium());

    @Test
    void the_first_certificate_makes_the_pending_key_active() {
        Bytes key = device.newKey();
        assertThat(device.report().pendingKey()).isEqualTo(key.sha256());
        Bytes certificate = authority.issue(key);
        Command set = device.setCertificate(certificate, authority.certificate());

        assertThat(device.run(set)).isEqualTo(new Result.Done(set.id()));

        assertThat(device.report().activeKey()).isEqualTo(key.sha256());
        assertThat(device.report().pendingKey()).isNull();
        assertThat(device.report().certificate()).isEqualTo(new CertificateRef(certificate.sha256(), BigInteger.TWO));
        assertThat(device.rot.credential(TestDevice.SLOT).orElseThrow().chain()).containsExactly(certificate);
        device.reboot();
        assertThat(device.report().activeKey()).isEqualTo(key.sha256());
    }
}
