package dev.rootbeat.module.network;

import dev.rootbeat.module.network.ModuleSocket.Received;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** What has come for a socket and its host has not read yet. */
final class Inbox {

    private final Deque<Received> pieces = new ArrayDeque<>();
    private int size;

    /** How many octets there are. */
    int size() {
        return size;
    }

    void add(Received piece) {
        pieces.addLast(piece);
        size += piece.octets().size();
    }

    /** Takes at most so many octets of the first piece; what is left of it stays the first. */
    Optional<Received> take(int most) {
        Received first = pieces.pollFirst();
        if (first == null) {
            return Optional.empty();
        }
        byte[] octets = first.octets().toArray();
        int count = Math.min(most, octets.length);
        size -= count;
        if (count < octets.length) {
            pieces.addFirst(new Received(first.from(), Bytes.of(Arrays.copyOfRange(octets, count, octets.length))));
        }
        return Optional.of(new Received(first.from(), Bytes.of(Arrays.copyOf(octets, count))));
    }

    /** Takes at most so many octets, whatever pieces they came in. */
    byte[] takeAll(int most) {
        byte[] all = new byte[Math.min(most, size)];
        int filled = 0;
        while (filled < all.length) {
            byte[] octets = take(all.length - filled).orElseThrow().octets().toArray();
            System.arraycopy(octets, 0, all, filled, octets.length);
            filled += octets.length;
        }
        return all;
    }
}
