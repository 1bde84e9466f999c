package dev.rootbeat.rot.protocol;

import java.util.List;

/** What became of a {@link Command}; kept by the Root of Trust until the server acknowledges it. */
public sealed interface Result {

    /** The id of the command. */
    long id();

    /** The command was carried out. */
    record Done(long id) implements Result {}

    /**
     * A key pair was generated.
     *
     * @param certificateRequest a DER PKCS#10 request (RFC 2986) signed with the new key: proof of possession
     */
    record KeyPairGenerated(long id, Bytes certificateRequest) implements Result {}

    /**
     * The slot's certificate.
     *
     * @param chain DER certificates, the device's own first; empty if the slot holds none
     */
    record CertificateRead(long id, List<Bytes> chain) implements Result {}

    /** The command was not carried out and changed nothing. */
    record Refused(long id, Refusal refusal) implements Result {}

    /** The device does not know this type of command. */
    record Unsupported(long id) implements Result {}
}
