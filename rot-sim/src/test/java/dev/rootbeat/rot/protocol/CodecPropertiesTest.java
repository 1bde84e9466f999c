package dev.rootbeat.rot.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Decoded.Malformed;
import dev.rootbeat.rot.protocol.Decoded.Message;
import java.util.Arrays;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.dataformat.cbor.CBORMapper;

class CodecPropertiesTest {

    private static final Cddl CDDL = Cddl.ofProtocol();
    private static final CBORMapper JACKSON = new CBORMapper();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void every_heartbeat_keeps_to_the_definition_and_decodes_to_itself(@ForAll("heartbeats") Heartbeat heartbeat) {
        Bytes encoded = Codec.encode(heartbeat);
        assertKeepsToDefinition("heartbeat", encoded);
        assertThat(Codec.decodeHeartbeat(encoded)).isEqualTo(new Message<>(heartbeat));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void every_message_of_results_keeps_to_the_definition_and_decodes_to_itself(@ForAll("results") Results results) {
        Bytes encoded = Codec.encode(results);
        assertKeepsToDefinition("results", encoded);
        assertThat(Codec.decodeResults(encoded)).isEqualTo(new Message<>(results));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void every_reply_keeps_to_the_definition_and_decodes_to_itself(@ForAll("replies") Reply reply) {
        Bytes encoded = Codec.encode(reply);
        assertKeepsToDefinition("reply", encoded);
        assertThat(Codec.decodeReply(encoded)).isEqualTo(new Message<>(reply));
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void decoder_and_definition_agree_about_damaged_heartbeats(@ForAll("damagedHeartbeats") Bytes octets) {
        assertAgreement("heartbeat", octets, Codec::decodeHeartbeat, Codec::encode);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void decoder_and_definition_agree_about_damaged_results(@ForAll("damagedResults") Bytes octets) {
        assertAgreement("results", octets, Codec::decodeResults, Codec::encode);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void decoder_and_definition_agree_about_damaged_replies(@ForAll("damagedReplies") Bytes octets) {
        assertAgreement("reply", octets, Codec::decodeReply, Codec::encode);
    }

    @Property(tries = 3000)
    void no_octets_make_a_decoder_throw(@ForAll byte[] octets) {
        assertThat(Codec.decodeHeartbeat(Bytes.of(octets))).isInstanceOf(Malformed.class);
        assertThat(Codec.decodeResults(Bytes.of(octets))).isInstanceOf(Malformed.class);
        assertThat(Codec.decodeReply(Bytes.of(octets))).isInstanceOf(Malformed.class);
    }

    /** Jackson says what the octets are in the words of a reader that is not ours. */
    private static void assertKeepsToDefinition(String rule, Bytes encoded) {
        CborItem item = CborItem.read(encoded);
        assertThat(CDDL.violation(rule, item)).isEmpty();
        assertThat(JACKSON.readTree(encoded.toArray()).toString())
                .isEqualTo(item.toTree().toString());
    }

    /**
     * What the decoder takes keeps to the definition, but for what it ignores; what it refuses breaks the definition, or
     * one of the rules that stand in the definition's comments.
     */
    private static <T> void assertAgreement(
            String rule, Bytes octets, Function<Bytes, Decoded<T>> decode, Function<T, Bytes> encode) {
        switch (decode.apply(octets)) {
            case Message<T>(T value) -> {
                Bytes again = encode.apply(value);
                if (again.equals(octets)) {
                    assertThat(violation(rule, octets)).matches(v -> v.isEmpty() || hasUnknownCommand(value));
                } else {
                    assertThat(again.size()).as("something was ignored").isLessThan(octets.size());
                    assertThat(violation(rule, octets)).isNotEmpty();
                }
            }
            case Malformed<T> malformed -> {
                if (violation(rule, octets).isEmpty()) {
                    assertThat(malformed.reason())
                            .containsAnyOf("activeKey and a certificate", "positive DER integer", "ascend by number");
                }
            }
        }
    }

    private static String violation(String rule, Bytes octets) {
        try {
            return CDDL.violation(rule, CborItem.read(octets)).orElse("");
        } catch (RuntimeException e) {
            return "not deterministic CBOR: " + e.getMessage();
        }
    }

    private static boolean hasUnknownCommand(Object message) {
        return message instanceof Reply reply && reply.commands().stream().anyMatch(Command.Unknown.class::isInstance);
    }

    @Provide
    Arbitrary<Heartbeat> heartbeats() {
        return Messages.ALL.heartbeats();
    }

    @Provide
    Arbitrary<Results> results() {
        return Messages.ALL.results();
    }

    @Provide
    Arbitrary<Reply> replies() {
        return Messages.ALL.replies();
    }

    @Provide
    Arbitrary<Bytes> damagedHeartbeats() {
        return damaged(Messages.SMALL.heartbeats().map(Codec::encode));
    }

    @Provide
    Arbitrary<Bytes> damagedResults() {
        return damaged(Messages.SMALL.results().map(Codec::encode));
    }

    @Provide
    Arbitrary<Bytes> damagedReplies() {
        return damaged(Messages.SMALL.replies().map(Codec::encode));
    }

    /** Changes an octet, or cuts the message off, or puts an octet in. */
    private static Arbitrary<Bytes> damaged(Arbitrary<Bytes> messages) {
        return Combinators.combine(
                        messages, Arbitraries.integers().between(0, 1000), Arbitraries.bytes(), Arbitraries.of(0, 1, 2))
                .as((message, position, octet, kind) -> damage(message.toArray(), position, octet, kind));
    }

    private static Bytes damage(byte[] message, int position, byte octet, int kind) {
        int at = position % message.length;
        if (kind == 0) {
            message[at] = octet;
            return Bytes.of(message);
        }
        if (kind == 1) {
            return Bytes.of(Arrays.copyOf(message, at));
        }
        byte[] longer = Arrays.copyOf(message, message.length + 1);
        System.arraycopy(message, at, longer, at + 1, message.length - at);
        longer[at] = octet;
        return Bytes.of(longer);
    }
}
