package dev.rootbeat.rot.flash;

import java.util.Arrays;
import java.util.Objects;

/**
 * A medium in memory, whose power can be cut. It takes memory only for what is programmed, because a process holds
 * tens of thousands of them. A step is one programmed octet or one erased page.
 */
public final class MemoryMedium implements Medium {

    /** The size of a page, in octets; smaller than in most NOR flash, so that more cuts fall into an erase. */
    public static final int PAGE = 1024;

    private static final int SMALLEST_ALLOCATION = 512;
    private static final byte[] NOTHING = {};

    private final int bankSize;
    private final byte[][] programmed = {NOTHING, NOTHING};
    private long steps;
    private long cutAfter = Long.MAX_VALUE;

    /** Makes a blank medium with banks of {@link #DEFAULT_BANK_SIZE}. */
    public MemoryMedium() {
        this(DEFAULT_BANK_SIZE);
    }

    /** Makes a blank medium with banks of a size in octets. */
    public MemoryMedium(int bankSize) {
        this.bankSize = bankSize;
    }

    /** Returns how many steps it has made. */
    public long steps() {
        return steps;
    }

    /** Lets the power fail instead of the step after the given number of further ones; 0 is the very next. */
    public void cutAfter(long furtherSteps) {
        cutAfter = steps + furtherSteps;
    }

    /** Returns whether the power has failed, or will with the next step. */
    public boolean isCut() {
        return steps >= cutAfter;
    }

    /** Lets the power stay on. */
    public void powerOn() {
        cutAfter = Long.MAX_VALUE;
    }

    /** Returns a medium with the same content, whose power is on and whose steps count from zero. */
    public MemoryMedium copy() {
        MemoryMedium copy = new MemoryMedium(bankSize);
        for (int bank = 0; bank < BANKS; bank++) {
            copy.programmed[bank] = programmed[bank].clone();
        }
        return copy;
    }

    @Override
    public int bankSize() {
        return bankSize;
    }

    @Override
    public byte[] read(int bank, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bankSize);
        byte[] octets = new byte[length];
        int known = Math.clamp(programmed[bank].length - offset, 0, length);
        System.arraycopy(programmed[bank], Math.min(offset, programmed[bank].length), octets, 0, known);
        Arrays.fill(octets, known, length, BLANK);
        return octets;
    }

    @Override
    public boolean isBlank(int bank, int from) {
        for (int i = from; i < programmed[bank].length; i++) {
            if (programmed[bank][i] != BLANK) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void program(int bank, int offset, byte[] octets) {
        Objects.checkFromIndexSize(offset, octets.length, bankSize);
        allocate(bank, offset + octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (programmed[bank][offset + i] != BLANK) {
                throw new IllegalStateException("octet " + (offset + i) + " of bank " + bank + " is not blank");
            }
            step();
            programmed[bank][offset + i] = octets[i];
        }
    }

    @Override
    public void erase(int bank) {
        for (int page = 0; page < bankSize; page += PAGE) {
            step();
            int end = Math.min(page + PAGE, programmed[bank].length);
            if (page < end) {
                Arrays.fill(programmed[bank], page, end, BLANK);
            }
        }
        programmed[bank] = NOTHING;
    }

    private void step() {
        if (steps >= cutAfter) {
            throw new PowerCut(steps);
        }
        steps++;
    }

    private void allocate(int bank, int needed) {
        int size = programmed[bank].length;
        if (size < needed) {
            int larger = Math.min(bankSize, Math.max(needed, Math.max(SMALLEST_ALLOCATION, size + size / 2)));
            programmed[bank] = Arrays.copyOf(programmed[bank], larger);
            Arrays.fill(programmed[bank], size, larger, BLANK);
        }
    }
}
