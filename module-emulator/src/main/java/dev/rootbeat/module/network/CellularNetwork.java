package dev.rootbeat.module.network;

/**
 * The cellular network around a module, as a value.
 *
 * @param cell what the module camps on
 * @param bearer what it gets there
 * @param delays how long that takes
 */
public record CellularNetwork(Cell cell, Bearer bearer, Delays delays) {

    /** The test network, at once. */
    public static final CellularNetwork INSTANT = new CellularNetwork(Cell.TEST, Bearer.TEST, Delays.NONE);

    /** The test network, which takes its time. */
    public static final CellularNetwork USUAL = new CellularNetwork(Cell.TEST, Bearer.TEST, Delays.USUAL);
}
