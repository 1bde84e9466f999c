package dev.rootbeat.server.channel;

import org.eclipse.californium.scandium.DtlsHealth;
import org.eclipse.californium.scandium.DtlsHealthExtended;

/** How many connections Scandium holds, of handshakes and sessions: it tells nobody else. */
final class Connections implements DtlsHealth, DtlsHealthExtended {

    private volatile int count;

    int count() {
        return count;
    }

    @Override
    public void setConnections(int newCount) {
        count = newCount;
    }

    /** The rest is of no interest here. */
    @Override
    public boolean isEnabled() {
        return false;
    }

    @Override
    public void dump(String tag, int maxConnections, int remainingCapacity, int pendingWithoutVerify) {}

    @Override
    public void startHandshake() {}

    @Override
    public void endHandshake(boolean success) {}

    @Override
    public void receivingRecord(boolean drop) {}

    @Override
    public void sendingRecord(boolean drop) {}
}
