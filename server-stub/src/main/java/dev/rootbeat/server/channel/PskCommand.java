package dev.rootbeat.server.channel;

import dev.rootbeat.options.MasterConverter;
import dev.rootbeat.options.UidConverter;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code rootbeat psk UID}: prints a device's identity and key on the secure channel, so that other CoAP clients can
 * speak for it (protocol, section 1). It shows a secret, because that is what it was asked for.
 */
@Command(
        name = "psk",
        mixinStandardHelpOptions = true,
        description = "Prints a device's channel identity and key, for tests with other CoAP clients.",
        footer = {
            "",
            "The last line is for the shells bash and zsh and the clients of libcoap:",
            "  coap-client-openssl -m post -e hello -u IDENTITY -k KEY coaps://127.0.0.1:5684/hb"
        })
public final class PskCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "UID",
            converter = UidConverter.class,
            description = "The device's RoTPublicUID: 16 hexadecimal digits.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RotPublicUid uid;

    @Option(
            names = "--master",
            paramLabel = "HEX",
            converter = MasterConverter.class,
            description =
                    "The manufacturer's master secret, at least 16 octets. Default: the one for tests, which everybody knows.")
    private Bytes master = KeyHierarchy.TEST_MASTER;

    @Option(names = "--json", description = "Print one JSON object with identity and key.")
    private boolean json;

    @Override
    public Integer call() {
        Bytes key = KeyHierarchy.channelKey(KeyHierarchy.rootSecret(master, uid));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.printf("{\"identity\":\"%s\",\"key\":\"%s\"}%n", uid, key);
        } else {
            out.printf("identity  %s%n", uid);
            out.printf("key       %s%n", key);
            out.printf("libcoap   %s%n", libcoap(key));
        }
        out.flush();
        return 0;
    }

    /** The clients of libcoap 4.3 take a key as it is, in a C string. */
    private String libcoap(Bytes key) {
        byte[] octets = key.toArray();
        for (byte octet : octets) {
            if (octet == 0) {
                return "cannot be given this key, which has an octet of zero: take another device";
            }
        }
        return "-u " + uid + " -k $'\\x" + HexFormat.ofDelimiter("\\x").formatHex(octets) + "'";
    }
}
