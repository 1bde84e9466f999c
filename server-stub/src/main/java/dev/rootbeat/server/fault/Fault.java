package dev.rootbeat.server.fault;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that the server does wrong on purpose, as a value. Its text is what {@link #parse} reads:
 *
 * <pre>
 * heartbeat 4.29 30s                            every device is told to wait
 * 1 in 10 heartbeat lose-reply                  by chance, from the seed
 * 3 times 0a04f008003c9623 results lose-request the first three messages of results of one device
 * number 5 0a04f008003c9623 heartbeat garble    the fifth answer to a heartbeat of this device
 * heartbeat delay 5s
 * heartbeat reject
 * heartbeat 5.03 10s
 * once certificate wrong-issuer                 or wrong-key, or expired
 * crl stale
 * 1 in 4 store slow 200ms
 * 1 in 2 webhook down
 * platform down                                 or silent, or lose-answer
 * once crash before-commit issued-certificate   or after-commit; of any kind of change
 * </pre>
 *
 * @param often how often
 * @param device to which device; null for all. What concerns no device happens whatever is named here
 * @param harm what
 */
public record Fault(Often often, @Nullable RotPublicUid device, Harm harm) {

    /** The longest text: the longest fault has about 80 characters. */
    static final int MAX_TEXT = 200;

    /**
     * A bad day: a little of everything that devices, their owners and relying parties must live with. The server goes
     * on; who wants it to die says where.
     */
    public static final List<Fault> CHAOS = Stream.of(
                    "1 in 20 heartbeat lose-request",
                    "1 in 20 heartbeat lose-reply",
                    "1 in 20 heartbeat delay 3s",
                    "1 in 50 heartbeat 4.29 10s",
                    "1 in 50 heartbeat 5.03 10s",
                    "1 in 50 heartbeat reject",
                    "1 in 50 heartbeat garble",
                    "1 in 10 results lose-request",
                    "1 in 10 results lose-reply",
                    "1 in 20 certificate wrong-issuer",
                    "1 in 20 certificate wrong-key",
                    "1 in 20 certificate expired",
                    "1 in 10 store slow 200ms",
                    "1 in 10 webhook down",
                    "1 in 20 platform down",
                    "1 in 20 platform lose-answer")
            .map(Fault::parse)
            .toList();

    /**
     * Reads the text of a fault.
     *
     * @throws IllegalArgumentException saying which word of the text is wrong, and why
     */
    public static Fault parse(String text) {
        return new FaultText(text).read();
    }

    @Override
    public String toString() {
        return often + (device == null ? "" : device + " ") + harm;
    }
}
