package dev.rootbeat.module.tls;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a host wants of a TLS connection ({@code AT+USECPRF}; AT reference, section 2.6). A profile lasts until the power
 * goes off: hosts set all of it before they use it, and no source says that it is stored (ours).
 */
public final class TlsProfile {

    /** What is set as a number. */
    public enum Choice {
        /** How far a server's certificate is validated: 0 not, 1 its authority, 2 also its host name, 3 also its dates. */
        VALIDATION(0, 1),
        /** 0 any version, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2. */
        VERSION(1, 3),
        /** 1 if the Root of Trust generates a pre-shared key for each handshake. */
        ROT_PSK(11, 0),
        /** 0 off; 1 to use the provisioned certificate with its authorities, 2 without them. */
        PROVISIONED(14, 0),
        /** How a pinned certificate is compared; 0 and 1 its key, 2 all of it. */
        PINNING(12, 0),
        /** 1 if sessions are resumed. */
        RESUMPTION(13, 0),
        /** 0 if sessions are resumed by their ID. */
        RESUMPTION_TYPE(13, 0);

        private final int operation;
        private final int initial;

        Choice(int operation, int initial) {
            this.operation = operation;
            this.initial = initial;
        }

        /** The operation of the command. */
        public int operation() {
            return operation;
        }
    }

    /** What is set as text, at first empty. Keys may hold any octets, one a character. */
    public enum Text {
        /** The name of the authority that a server is checked against; without it all that were imported count. */
        ROOT_CA(3),
        /** The host name that a server's certificate must be for. */
        HOST(4),
        /** The name of the client's certificate. */
        CLIENT_CERTIFICATE(5),
        /** The name of its key. */
        CLIENT_KEY(6),
        /** The password of that key. */
        KEY_PASSWORD(7),
        /** The pre-shared key. */
        PSK(8),
        /** Its identity. */
        PSK_ID(9),
        /** The host name that a server is told. */
        SNI(10),
        /** The name of the certificate that a server must have. */
        PINNED(12);

        private final int operation;

        Text(int operation) {
            this.operation = operation;
        }

        /** The operation of the command. */
        public int operation() {
            return operation;
        }
    }

    private final Map<Choice, Integer> numbers = new EnumMap<>(Choice.class);
    private final Map<Text, String> texts = new EnumMap<>(Text.class);
    private Suites suites = Suites.any();

    /** Returns what is set. */
    public int get(Choice what) {
        return numbers.getOrDefault(what, what.initial);
    }

    /** Returns what is set; empty if nothing is. */
    public String get(Text what) {
        return texts.getOrDefault(what, "");
    }

    /** Which cipher suites are allowed. */
    public Suites suites() {
        return suites;
    }

    /** Sets a number; the command checks its range. */
    public void set(Choice what, int value) {
        numbers.put(what, value);
    }

    /** Sets a text. */
    public void set(Text what, String value) {
        texts.put(what, value);
    }

    /** Allows other cipher suites. */
    public void set(Suites allowed) {
        suites = allowed;
    }

    /** Makes it a new profile. */
    public void reset() {
        numbers.clear();
        texts.clear();
        suites = Suites.any();
    }

    /** Shows nothing: there are keys in it. */
    @Override
    public String toString() {
        return "TlsProfile";
    }
}
