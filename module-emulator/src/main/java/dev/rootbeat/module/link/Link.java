package dev.rootbeat.module.link;

/** A way for hosts to be plugged in. */
public sealed interface Link extends AutoCloseable permits TcpLink, PtyLink, StreamLink {

    /** Unplugs whoever is plugged in and frees what the link holds. Not to be called on the module's executor. */
    @Override
    void close();
}
