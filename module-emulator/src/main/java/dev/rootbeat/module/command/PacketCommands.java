package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.network.PacketData;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.module.network.Traffic;
import org.jspecify.annotations.Nullable;

/** Attachment to the packet domain, its events and counters (AT reference, sections 3.3 to 3.5). */
public final class PacketCommands {

    private static final String EVENTS = "+CGEREP";
    private static final long MAX_COUNTER = 0xFFFF_FFFFL;

    private final Radio radio;
    private final PacketData data;

    /** Attaches this radio, and tells what becomes of the contexts. */
    public PacketCommands(Radio radio, PacketData data, Urcs urcs) {
        this.radio = radio;
        this.data = data;
        data.observe(event -> urcs.showIf(EVENTS, "+CGEV: " + event));
    }

    @AtCommand("+CGATT=")
    Answer attach(@OneOf(1) int on) {
        if (!radio.isOn()) {
            return Answer.error(AtError.NO_NETWORK_SERVICE);
        }
        radio.use(true);
        return RegistrationWait.answer(radio);
    }

    /** An LTE module that detaches is not registered any more. */
    @AtCommand("+CGATT=")
    Answer detach(@OneOf(0) int off) {
        radio.use(false);
        return Answer.OK;
    }

    @AtCommand("+CGATT?")
    Answer attached() {
        return Answer.of("+CGATT: " + (radio.isRegistered() ? 1 : 0));
    }

    @AtCommand("+CGEREP=")
    Answer events(AtSession session, @Range(to = 2) int mode, @OneOf({0, 1}) @Nullable Integer buffered) {
        session.mode(EVENTS, mode);
        return Answer.OK;
    }

    @AtCommand("+CGEREP?")
    Answer events(AtSession session) {
        return Answer.of(EVENTS + ": " + session.mode(EVENTS) + ",0");
    }

    @AtCommand("+UGCNTRD")
    Answer counters() {
        return Answer.of(data.active().keySet().stream().map(this::counters).toArray(String[]::new));
    }

    @AtCommand("+UGCNTSET=")
    Answer setCounters(
            @Range(from = 1, to = ContextCommands.MAX_CONTEXT) int context,
            @Range(to = MAX_COUNTER) long sent,
            @Range(to = MAX_COUNTER) long received) {
        data.total(context, sent, received);
        return Answer.OK;
    }

    private String counters(int context) {
        Traffic traffic = data.traffic(context);
        return "+UGCNTRD: " + context + "," + traffic.sent() + "," + traffic.received() + "," + traffic.totalSent()
                + "," + traffic.totalReceived();
    }
}
