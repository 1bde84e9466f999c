package dev.rootbeat.conformance.simulate;

import dev.rootbeat.conformance.world.SimulatedDevice;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.server.model.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as far as a line of its event log: the log around it, and the devices as they are there.
 *
 * @param line the number of the line, the first being 1
 * @param written how many lines there were, when the event that writes it was over
 * @param at when that was
 * @param around the lines around it, each after its number
 * @param devices the devices, a line each
 */
record Replay(long line, long written, Instant at, List<String> around, List<String> devices) {

    private static final int BEFORE = 20;
    private static final int AFTER = 10;
    private static final int DEVICES_SHOWN = 20;

    /** How long it takes at most until something is written again. */
    private static final Duration PAUSE = Duration.ofDays(2);

    /** Lives through a run as far as a line. */
    static Replay of(Trial trial, long line) {
        World world = trial.upTo(line);
        long written = world.log().lines();
        Instant at = world.time().instant();
        List<String> devices = world.devices().stream()
                .limit(DEVICES_SHOWN)
                .map(device -> told(world, device))
                .toList();
        if (written >= line) {
            world.runUntil(() -> world.log().lines() >= line + AFTER, PAUSE);
        }
        return new Replay(line, written, at, world.log().lines(line - BEFORE, line + AFTER), devices);
    }

    /** Whether there is such a line. */
    boolean isThere() {
        return written >= line;
    }

    private static String told(World world, SimulatedDevice device) {
        boolean isOn = device.isOn() && device.module().isOn();
        String owes = world.server().store().read(view -> view.openOperations(device.uid())).stream()
                .map(Replay::told)
                .collect(Collectors.joining(", "));
        return world.devices().indexOf(device) + " " + device.uid() + " "
                + (isOn ? uses(device) : "off") + ", "
                + world.promises().model(device.uid()).acceptedHeartbeats() + " heartbeats accepted"
                + (owes.isEmpty() ? "" : ", owes " + owes);
    }

    private static String told(Operation operation) {
        return operation.kind() + " (" + operation.state() + ")";
    }

    private static String uses(SimulatedDevice device) {
        SlotReport slot = device.module().rootOfTrust().report().get(SlotReport.MANAGED);
        CertificateRef certificate = slot.certificate();
        return (device.module().security().status().claimed() ? "sealed, " : "")
                + (certificate == null
                        ? "without a certificate"
                        : "uses certificate " + certificate.serialNumber().toString(16))
                + (slot.pendingKey() == null ? "" : ", with a new key");
    }

    /** Some lines for people. */
    String text() {
        var text = new StringBuilder("the event log around line " + line + ":\n");
        around.forEach(one -> text.append(one.startsWith(line + " ") ? "> " : "  ")
                .append(one)
                .append('\n'));
        text.append("\nthe modules at " + at + ":\n");
        devices.forEach(device -> text.append("  ").append(device).append('\n'));
        return text.toString();
    }

    /** The same for programs. */
    String json() {
        ObjectNode json =
                JsonMapper.shared().createObjectNode().put("line", line).put("at", at.toString());
        var log = json.putArray("eventLog");
        around.forEach(log::add);
        var told = json.putArray("devices");
        devices.forEach(told::add);
        return json.toPrettyString() + "\n";
    }
}
