package dev.rootbeat.module.fuzz;

import java.util.Arrays;

/** All targets in one, for a run that is too short to begin four times; the first octet of an input chooses. */
public final class EveryTargetFuzz {

    private EveryTargetFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            Target[] targets = Target.values();
            targets[Byte.toUnsignedInt(input[0]) % targets.length].run(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    /** The input that gives a target this one. */
    static byte[] inputFor(Target target, byte[] input) {
        byte[] all = new byte[input.length + 1];
        all[0] = (byte) Arrays.asList(Target.values()).indexOf(target);
        System.arraycopy(input, 0, all, 1, input.length);
        return all;
    }
}
