package dev.rootbeat.conformance.world;

import dev.rootbeat.server.event.DeliverySettings;
import dev.rootbeat.server.event.Message;
import dev.rootbeat.server.event.Sender;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The receivers of webhooks, by their URLs; each has bad days of its own. */
public final class Receivers implements Sender {

    /** What is wrong with a receiver. */
    public enum Fault {
        /** Nobody answers. */
        DOWN,
        /** It has the message and answers 500 all the same. */
        ANSWERS_500,
        /** It has the message, and its answer comes when nobody waits any more. */
        SLOW
    }

    /** As in the real world, but with rarer looks: most of them find nothing. */
    public static final DeliverySettings DELIVERIES = new DeliverySettings(
            DeliverySettings.DEFAULT.timeout(),
            DeliverySettings.DEFAULT.lease(),
            DeliverySettings.DEFAULT.firstPause(),
            DeliverySettings.DEFAULT.longestPause(),
            DeliverySettings.DEFAULT.maxTries(),
            DeliverySettings.DEFAULT.atATime(),
            DeliverySettings.DEFAULT.perWebhook(),
            SimulatedServer.LOOK);

    private static final Duration WAY = Duration.ofMillis(50);

    /** Told what a receiver gets. */
    interface Listener {

        /**
         * A message has arrived.
         *
         * @param takes whether the server is told so
         */
        void got(Message message, boolean takes);
    }

    private final ScheduledExecutorService timers;
    private final Listener listener;
    private final Map<String, Fault> faults = new TreeMap<>();
    private Consumer<Message> reader = _ -> {};

    Receivers(ScheduledExecutorService timers, Listener listener) {
        this.timers = timers;
        this.listener = listener;
    }

    /** Has somebody read what receivers take. */
    public void read(Consumer<Message> newReader) {
        reader = newReader;
    }

    /** Sets what is wrong with the receiver of a URL. */
    public void fault(String url, Fault fault) {
        faults.put(url, fault);
    }

    /** The receiver of a URL is well again. */
    public void heal(String url) {
        faults.remove(url);
    }

    /** All receivers are well again. */
    public void heal() {
        faults.clear();
    }

    @Override
    public CompletableFuture<Answer> send(Message message) {
        return switch (faults.get(message.url())) {
            case null -> {
                listener.got(message, true);
                reader.accept(message);
                yield later(WAY, new Answer.Taken());
            }
            case DOWN -> later(WAY, new Answer.Failed("nobody answers"));
            case ANSWERS_500 -> {
                listener.got(message, false);
                yield later(WAY, new Answer.Failed("500"));
            }
            case SLOW -> {
                listener.got(message, false);
                yield later(DELIVERIES.timeout(), new Answer.Failed("no answer in time"));
            }
        };
    }

    private CompletableFuture<Answer> later(Duration wait, Answer answer) {
        var future = new CompletableFuture<Answer>();
        var _ = timers.schedule(() -> future.complete(answer), wait.toMillis(), TimeUnit.MILLISECONDS);
        return future;
    }

    /** Whether a message is signed with {@link World#WEBHOOK_SECRET}, as receivers check it. */
    public static boolean isGenuine(Message message) {
        String signature = message.signature();
        String seconds = signature.substring("t=".length(), signature.indexOf(','));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(World.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            byte[] digest = mac.doFinal(message.body().toArray());
            return signature.equals("t=" + seconds + ",v1=" + HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
