package dev.rootbeat.rot.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.ChildProcess;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Security;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FastP256Test {

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void the_native_provider_serves_where_its_library_runs_and_is_not_registered() {
        assertThat(FastP256.ofThisMachine()).asString().startsWith("P-256 by AmazonCorrettoCryptoProvider");
        assertThat(Security.getProvider("AmazonCorrettoCryptoProvider")).isNull();
    }

    @Test
    void the_jdk_serves_where_the_native_library_cannot_be_loaded() throws IOException, InterruptedException {
        String insteadOfTheBundledOne = "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true";
        Process child = ChildProcess.start(List.of(insteadOfTheBundledOne), Print.class);

        String printed = new String(child.getInputStream().readAllBytes(), UTF_8);

        assertThat(child.waitFor()).isZero();
        assertThat(printed).startsWith("P-256 by SunEC");
    }

    @Test
    void the_jdk_serves_where_the_native_provider_is_absent() throws IOException, ReflectiveOperationException {
        URL classes = FastP256.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Object p256 = alone.loadClass(FastP256.class.getName())
                    .getMethod("ofThisMachine")
                    .invoke(null);

            assertThat(p256).asString().startsWith("P-256 by SunEC");
        }
    }

    /** Prints which one serves, after it has made a key pair. */
    static final class Print {
        public static void main(String[] arguments) {
            FastP256 p256 = FastP256.ofThisMachine();
            p256.generateKeyPair();
            System.out.println(p256);
        }
    }
}
