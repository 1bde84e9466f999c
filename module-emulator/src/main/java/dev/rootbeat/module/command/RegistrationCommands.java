package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.network.Cell;
import dev.rootbeat.module.network.Radio;
import java.util.Optional;

/**
 * Where registration stands, on demand and unsolicited (AT reference, sections 3.4 and 3.5; 3GPP TS 27.007). Hosts tell
 * an unsolicited line from an answer by its second field: only where the module is registered a line has further fields.
 */
public final class RegistrationCommands {

    private static final String CIRCUIT = "+CREG";
    private static final String PACKET = "+CGREG";
    private static final String EPS = "+CEREG";
    private static final String CONNECTION = "+CSCON";
    private static final int WITH_CELL = 2;
    private static final int WITH_TIMERS = 4;

    private final Radio radio;
    private final PowerSavingMode powerSaving;

    /** Reports on this radio, and what the network has granted it. */
    public RegistrationCommands(Radio radio, PowerSavingMode powerSaving, Urcs urcs) {
        this.radio = radio;
        this.powerSaving = powerSaving;
        radio.observe(() -> {
            urcs.show(session -> change(session, CIRCUIT));
            urcs.show(session -> change(session, PACKET));
            urcs.show(session -> change(session, EPS));
            urcs.showIf(CONNECTION, CONNECTION + ": " + connected());
        });
        powerSaving.observe(
                () -> urcs.show(session -> session.mode(EPS) < WITH_TIMERS ? Optional.empty() : change(session, EPS)));
    }

    @AtCommand("+CREG=")
    Answer circuit(AtSession session, @Range(to = 2) int mode) {
        session.mode(CIRCUIT, mode);
        return Answer.OK;
    }

    @AtCommand("+CREG?")
    Answer circuit(AtSession session) {
        return answer(session, CIRCUIT);
    }

    @AtCommand("+CGREG=")
    Answer packet(AtSession session, @Range(to = 2) int mode) {
        session.mode(PACKET, mode);
        return Answer.OK;
    }

    @AtCommand("+CGREG?")
    Answer packet(AtSession session) {
        return answer(session, PACKET);
    }

    @AtCommand("+CEREG=")
    Answer eps(AtSession session, @Range(to = 5) int mode) {
        session.mode(EPS, mode);
        return Answer.OK;
    }

    @AtCommand("+CEREG?")
    Answer eps(AtSession session) {
        return answer(session, EPS);
    }

    @AtCommand("+CSCON=")
    Answer connection(AtSession session, @OneOf({0, 1}) int mode) {
        session.mode(CONNECTION, mode);
        return Answer.OK;
    }

    @AtCommand("+CSCON?")
    Answer connection(AtSession session) {
        return Answer.of(CONNECTION + ": " + session.mode(CONNECTION) + "," + connected());
    }

    private Answer answer(AtSession session, String command) {
        return Answer.of(command + ": " + session.mode(command) + "," + status(session, command));
    }

    private Optional<String> change(AtSession session, String command) {
        return session.mode(command) == 0 ? Optional.empty() : Optional.of(command + ": " + status(session, command));
    }

    private String status(AtSession session, String command) {
        int mode = session.mode(command);
        String status = String.valueOf(radio.registration().number());
        if (mode < WITH_CELL || !radio.isRegistered()) {
            return status;
        }
        Cell cell = radio.network().cell();
        String timers = mode < WITH_TIMERS
                ? ""
                : powerSaving.granted().map(granted -> ",,," + granted).orElse("");
        return status + ",\"" + cell.trackingArea() + "\",\"" + cell.identity() + "\","
                + radio.technology().act() + timers;
    }

    /** The network keeps the connection of a module as long as it is registered (ours). */
    private int connected() {
        return radio.isRegistered() ? 1 : 0;
    }
}
