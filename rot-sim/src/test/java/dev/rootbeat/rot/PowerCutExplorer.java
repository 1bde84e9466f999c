package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.flash.PowerCut;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the power of a device at every step of its storage while it runs some actions, and at every step of the boots
 * that follow, and of the boots that follow those. What is stored at any time must be what an undisturbed run has
 * stored, after the last action that was completed or the one that was cut; and running all actions again must lead to
 * the undisturbed end.
 *
 * <p>Two media from which the device reads the same and recovers in the same number of steps need to be explored only
 * once; that their recovery does not depend on anything else is the journal's own business and tested there.
 */
final class PowerCutExplorer {

    /** What the Root of Trust has stored: the managed slot and the results. */
    record Content(@Nullable Bytes slot, @Nullable Bytes results) {

        static Content of(MemoryMedium medium) {
            Flash flash = JournalFlash.mount(medium);
            return new Content(flash.read("rot.slot." + TestDevice.SLOT), flash.read("rot.results"));
        }
    }

    private record Situation(Content content, int completed, long recoverySteps) {}

    private final P256 p256;
    private final MemoryMedium start;
    private final List<Consumer<TestDevice>> actions;
    private final List<Content> undisturbed = new ArrayList<>();
    private final Set<Situation> explored = new HashSet<>();
    private long cuts;
    private long recoveryCuts;

    /**
     * Makes an explorer.
     *
     * @param p256 with the same answers every time
     * @param start the storage of a device that is off
     * @param actions each with one write
     */
    PowerCutExplorer(P256 p256, MemoryMedium start, List<Consumer<TestDevice>> actions) {
        this.p256 = p256;
        this.start = start;
        this.actions = actions;
    }

    /** Explores everything, and returns what an undisturbed run stores: before, and after each action. */
    List<Content> explore() {
        TestDevice device = new TestDevice(p256, start.copy());
        undisturbed.add(Content.of(device.medium));
        for (Consumer<TestDevice> action : actions) {
            action.accept(device);
            undisturbed.add(Content.of(device.medium));
        }
        for (long cut = 0; !runCutAfter(cut); cut++) {
            cuts++;
        }
        return undisturbed;
    }

    /** How many steps of the actions' writes the power was cut at. */
    long cuts() {
        return cuts;
    }

    /** How many steps of recovering boots the power was cut at. */
    long recoveryCuts() {
        return recoveryCuts;
    }

    private boolean runCutAfter(long cut) {
        TestDevice device = new TestDevice(p256, start.copy());
        long lastBoot = device.rot.nextCounter().boot();
        device.medium.cutAfter(cut);
        int completed = 0;
        boolean through = false;
        try {
            for (Consumer<TestDevice> action : actions) {
                action.accept(device);
                completed++;
            }
            through = true;
        } catch (PowerCut e) {
            // the device is gone; its storage tells
        }
        device.medium.powerOn();
        check(device.medium, completed, lastBoot);
        return through;
    }

    private void check(MemoryMedium medium, int completed, long lastBoot) {
        Content content = Content.of(medium);
        assertThat(content).isIn(undisturbed.subList(completed, Math.min(completed + 2, undisturbed.size())));
        TestDevice recovered = new TestDevice(p256, medium.copy());
        assertThat(Content.of(recovered.medium)).isEqualTo(content);
        assertThat(recovered.rot.nextCounter().boot()).isGreaterThan(lastBoot);
        if (explored.add(new Situation(content, completed, recovered.medium.steps()))) {
            actions.forEach(action -> action.accept(recovered));
            assertThat(Content.of(recovered.medium)).isEqualTo(undisturbed.getLast());
            cutRecovery(medium, completed, lastBoot);
        }
    }

    private void cutRecovery(MemoryMedium medium, int completed, long lastBoot) {
        for (long cut = 0; ; cut++) {
            MemoryMedium copy = medium.copy();
            copy.cutAfter(cut);
            try {
                new TestDevice(p256, copy);
                return;
            } catch (PowerCut e) {
                copy.powerOn();
                recoveryCuts++;
                check(copy, completed, lastBoot);
            }
        }
    }
}
