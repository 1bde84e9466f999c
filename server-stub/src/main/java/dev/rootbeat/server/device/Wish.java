package dev.rootbeat.server.device;

import dev.rootbeat.server.model.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a device: everything that it still owes, merged (requirements, section 5). A new key, once asked
 * for, stays asked for; the last issuer asked for stays; and whatever is asked for, the certificate will be fresh.
 *
 * @param delete whether key and certificate shall go
 * @param newKey whether a new key pair is asked for
 * @param issuer the Root CA that shall sign; null if none was ever asked for
 */
record Wish(boolean delete, boolean newKey, @Nullable String issuer) {

    /** Merges open operations, oldest first, into one wish. */
    static Wish of(List<Operation> open, @Nullable String presentIssuer) {
        boolean delete = false;
        boolean newKey = false;
        String issuer = presentIssuer;
        for (Operation operation : open) {
            switch (operation.kind()) {
                case DELETE -> delete = true;
                case PROVISION -> {
                    newKey = true;
                    issuer = operation.issuer();
                }
                case UPDATE -> newKey = true;
                case TRANSFER -> issuer = operation.issuer();
                case RENEW, AUTOMATIC_RENEW, REVOKE -> {}
            }
        }
        return new Wish(delete, newKey, issuer);
    }
}
