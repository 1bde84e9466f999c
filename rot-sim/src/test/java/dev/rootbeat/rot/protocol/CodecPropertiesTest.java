package dev.rootbeat.rot.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecPropertiesTest {

    @Property(tries = 300)
    void every_heartbeat_decodes_to_itself(@ForAll("heartbeats") Heartbeat heartbeat) {
        assertThat(Codec.decodeHeartbeat(Codec.encode(heartbeat))).isEqualTo(new Decoded.Message<>(heartbeat));
    }

    @Property(tries = 300)
    void every_message_of_results_decodes_to_itself(@ForAll("results") Results results) {
        assertThat(Codec.decodeResults(Codec.encode(results))).isEqualTo(new Decoded.Message<>(results));
    }

    @Property(tries = 300)
    void every_reply_decodes_to_itself(@ForAll("replies") Reply reply) {
        assertThat(Codec.decodeReply(Codec.encode(reply))).isEqualTo(new Decoded.Message<>(reply));
    }

    @Provide
    Arbitrary<Heartbeat> heartbeats() {
        return Messages.heartbeats();
    }

    @Provide
    Arbitrary<Results> results() {
        return Messages.results();
    }

    @Provide
    Arbitrary<Reply> replies() {
        return Messages.replies();
    }
}
