package dev.rootbeat.module.network;

/** A stream of octets to a peer and back, such as a TCP connection, or TLS on one. */
public interface Connection {

    /** Sends octets; before the connection is there, and after it has ended, nothing happens. */
    void send(byte[] octets);

    /** Whether the peer takes what is sent; if not, more of it would only pile up. */
    boolean isWritable();

    /** Stops or resumes to take octets from the peer. */
    void pause(boolean paused);

    /** Ends the connection in order. Nothing is told any more. */
    void close();

    /** What is told of a connection, on the module's executor and never before it is returned to whom opened it. */
    interface Events {

        /** The connection is there. */
        void connected();

        /** Octets have come. */
        void received(byte[] octets);

        /**
         * There is no connection, or no more. Nothing is told afterwards.
         *
         * @param why {@link SocketError#NONE} if the peer has ended it in order
         */
        void ended(SocketError why);
    }
}
