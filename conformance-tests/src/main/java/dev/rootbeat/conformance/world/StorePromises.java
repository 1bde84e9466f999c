package dev.rootbeat.conformance.world;

import dev.rootbeat.server.store.View;

/** Promises about the server's data, checked after every write by what has come to it since the last. */
interface StorePromises {

    /** The data was written; fails if something in it must not be. */
    void written(View view);

    /** Nothing more is to come; fails if something is missing. */
    void end(View view);

    /** What is known now, to go on from when the server is put back to a backup of this instant. */
    StorePromises copy();
}
