package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import java.io.IOException;

/** A way of invoices to people. */
public interface Channel {

    /** The same in every version of the program: the store knows it by this. */
    String name();

    /**
     * Delivers an invoice; the same one may come again.
     *
     * @param customer whose invoice it is
     * @throws IOException if it did not get there; it is tried again later
     */
    void deliver(Domain customer, Invoice invoice) throws IOException;
}
