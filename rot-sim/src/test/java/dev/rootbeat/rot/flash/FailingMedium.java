package dev.rootbeat.rot.flash;

/** A medium that fails once on demand, when it has programmed all octets. */
final class FailingMedium implements Medium {

    boolean failsAfterTheNextProgramming;

    private final Medium medium;

    FailingMedium(Medium medium) {
        this.medium = medium;
    }

    @Override
    public int bankSize() {
        return medium.bankSize();
    }

    @Override
    public byte[] read(int bank, int offset, int length) {
        return medium.read(bank, offset, length);
    }

    @Override
    public boolean isBlank(int bank, int from) {
        return medium.isBlank(bank, from);
    }

    @Override
    public void program(int bank, int offset, byte[] octets) {
        medium.program(bank, offset, octets);
        if (failsAfterTheNextProgramming) {
            failsAfterTheNextProgramming = false;
            throw new IllegalStateException("worn out");
        }
    }

    @Override
    public void erase(int bank) {
        medium.erase(bank);
    }
}
