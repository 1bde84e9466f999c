package dev.rootbeat.demo;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The firmware beside a module: it knows what AT tells it and nothing else (AT reference, section 2.2). Callable on any
 * thread; one command at a time.
 */
final class Host {

    /** The answer to a command: what comes before the final result code, and that code. */
    record Answer(String text, String result) {

        boolean ok() {
            return result.equals("OK");
        }
    }

    /** Lines within the quotes of a certificate are never one of these. */
    private static final Pattern COMPLETE = Pattern.compile("(?s)(.*?)\\r\\n(OK|ERROR|\\+CME ERROR: [^\\r]*)\\r\\n");

    private static final Pattern PEM = Pattern.compile("(?s)-----BEGIN [A-Z ]+-----(.*?)-----END");
    private static final int PRIVATE_KEY = 0;
    private static final int DEVICE_CERTIFICATE = 1;

    private final Module module;
    private final Executor loop;
    private final StringBuilder heard = new StringBuilder();
    private @Nullable AtPort port;
    private @Nullable CompletableFuture<Answer> waiting;

    /** Stands beside a module that is off, whose executor is the loop. */
    Host(Module module, Executor loop) {
        this.module = module;
        this.loop = loop;
    }

    /** Switches the module on and tells what it says of itself first, before it has spoken to any server. */
    CompletableFuture<String> powerOn() {
        loop.execute(() -> {
            module.powerOn();
            port = module.connect(this::hear);
        });
        return send("ATE0;+CMEE=1;+USECDEVINFO?").thenApply(Host::value);
    }

    /** Switches the module off. */
    CompletableFuture<Void> powerOff() {
        return CompletableFuture.runAsync(module::close, loop);
    }

    /** Asks where the device stands: registered, claimed, activated, as three digits with commas. */
    CompletableFuture<String> status() {
        return send("AT+USECDEVINFO?").thenApply(Host::value);
    }

    /** Writes what seals the device. */
    CompletableFuture<Answer> seal(String profileUid, String serial) {
        return send("AT+USECDEVINFO=\"" + profileUid + "\",\"" + serial + "\"");
    }

    /** Forces a heartbeat. */
    CompletableFuture<Answer> connect() {
        return send("AT+USECCONN");
    }

    /** Reads the device's certificate; empty if it has none. */
    CompletableFuture<Optional<X509Certificate>> certificate() {
        return send("AT+USECDEVCERT=" + DEVICE_CERTIFICATE)
                .thenApply(answer -> answer.ok() ? Optional.of(parse(answer.text)) : Optional.empty());
    }

    /** Reads the device's private key, which a module shows to its host. */
    CompletableFuture<PrivateKey> privateKey() {
        return send("AT+USECDEVCERT=" + PRIVATE_KEY).thenApply(answer -> {
            Matcher pem = PEM.matcher(answer.text);
            if (!answer.ok() || !pem.find()) {
                throw new DemoFailure("the module shows no private key: " + answer.result);
            }
            try {
                return KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
            } catch (GeneralSecurityException e) {
                throw new DemoFailure("the module shows a private key that cannot be read", e);
            }
        });
    }

    private CompletableFuture<Answer> send(String line) {
        var answer = new CompletableFuture<Answer>();
        loop.execute(() -> {
            waiting = answer;
            heard.setLength(0);
            if (port == null) {
                answer.completeExceptionally(new DemoFailure("the module is off"));
            } else {
                port.input((line + "\r").getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        return answer;
    }

    private void hear(byte[] octets) {
        heard.append(new String(octets, StandardCharsets.ISO_8859_1));
        Matcher complete = COMPLETE.matcher(heard);
        if (waiting != null && complete.lookingAt()) {
            waiting.complete(new Answer(complete.group(1), complete.group(2)));
        }
    }

    /** What stands after the colon of an information line. */
    private static String value(Answer answer) {
        String line = answer.text.strip();
        return answer.ok() ? line.substring(line.lastIndexOf(':') + 1).strip() : answer.result;
    }

    private static X509Certificate parse(String answer) {
        String pem = answer.substring(Math.max(0, answer.indexOf('"') + 1));
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new DemoFailure("the module shows a certificate that cannot be read", e);
        }
    }
}
