package dev.rootbeat.server.device;

import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Revocation;
import org.jspecify.annotations.Nullable;

/** What an operator asks to be done with the certificates of a list of devices (requirements, section 5). */
public sealed interface Instruction {

    /** A first certificate, or one after a delete. */
    record Provision(String rootCa) implements Instruction {}

    /** A fresh certificate on the same key. */
    record Renew() implements Instruction {}

    /** A new key pair and its certificate. */
    record Update() implements Instruction {}

    /**
     * A certificate by another Root CA on the same key.
     *
     * @param consent the code of the receiving domain, where that is another; else null
     */
    record Transfer(String rootCa, @Nullable String consent) implements Instruction {}

    /** No certificate and no key any more. */
    record Delete() implements Instruction {}

    /** The certificates on the present key become invalid at once. */
    record Revoke(Revocation.Reason reason) implements Instruction {}

    /** The kind of operation that it leads to. */
    default Kind kind() {
        return switch (this) {
            case Provision _ -> Kind.PROVISION;
            case Renew _ -> Kind.RENEW;
            case Update _ -> Kind.UPDATE;
            case Transfer _ -> Kind.TRANSFER;
            case Delete _ -> Kind.DELETE;
            case Revoke _ -> Kind.REVOKE;
        };
    }

    /** The Root CA that it names, or null. */
    default @Nullable String namedRootCa() {
        return switch (this) {
            case Provision(String rootCa) -> rootCa;
            case Transfer(String rootCa, String _) -> rootCa;
            case Renew _, Update _, Delete _, Revoke _ -> null;
        };
    }
}
