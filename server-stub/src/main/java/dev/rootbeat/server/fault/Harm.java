package dev.rootbeat.server.fault;

import java.time.Duration;

/** What goes wrong. */
public sealed interface Harm {

    /** On what occasion it can happen: occasions of one name are counted together, for each device. */
    String occasion();

    /** The messages of devices. */
    enum Message {
        /** A heartbeat and its reply. */
        HEARTBEAT("heartbeat"),
        /** The results of commands and their acknowledgement. */
        RESULTS("results");

        private final String word;

        Message(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Something happens to a message of a device. */
    record OnMessage(Message message, Trouble trouble) implements Harm {
        @Override
        public String occasion() {
            return message.toString();
        }

        @Override
        public String toString() {
            return message + " " + trouble;
        }
    }

    /** A certificate is not what it should be: a device must refuse it and keep what it has. */
    record BadCertificate(Flaw flaw) implements Harm {

        static final String OCCASION = "certificate";

        @Override
        public String occasion() {
            return OCCASION;
        }

        @Override
        public String toString() {
            return OCCASION + " " + flaw;
        }
    }

    /** What is wrong with a certificate. */
    enum Flaw {
        /** Another authority signed it than the ones that come with it: a server with a wrong key or chain. */
        WRONG_ISSUER("wrong-issuer"),
        /** It certifies a key that the device does not have: a server that mixes up devices or requests. */
        WRONG_KEY("wrong-key"),
        /** It has run out when it arrives: a server with a wrong clock. */
        EXPIRED("expired");

        private final String word;

        Flaw(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * The revocation lists stay as they were when they were first shown: a cache that nobody refreshes. Relying parties
     * miss later revocations, and find the list out of date in the end.
     */
    record StaleLists() implements Harm {

        static final String OCCASION = "crl";

        @Override
        public String occasion() {
            return OCCASION;
        }

        @Override
        public String toString() {
            return OCCASION + " stale";
        }
    }

    /** A write takes longer: a busy disk or database. What waits for it piles up. */
    record SlowStore(Duration delay) implements Harm {

        static final String OCCASION = "store";

        @Override
        public String occasion() {
            return OCCASION;
        }

        @Override
        public String toString() {
            return OCCASION + " slow " + text(delay);
        }
    }

    /** The receivers of webhooks cannot be reached: what they are owed must not be lost, and others must not wait. */
    record ReceiversDown() implements Harm {

        static final String OCCASION = "webhook";

        @Override
        public String occasion() {
            return OCCASION;
        }

        @Override
        public String toString() {
            return OCCASION + " down";
        }
    }

    /**
     * The IoT platform does not take a certificate as it should when it is to be registered: the device must not get it
     * before the platform knows it, and keeps what it has meanwhile.
     */
    record PlatformOut(Outage outage) implements Harm {

        static final String OCCASION = "platform";

        @Override
        public String occasion() {
            return OCCASION;
        }

        @Override
        public String toString() {
            return OCCASION + " " + outage;
        }
    }

    /** What is wrong with a platform. */
    enum Outage {
        /** It answers with an error: it is being maintained, or its quota is used up. */
        DOWN("down"),
        /** It neither registers nor answers: a network that is cut. The device must not wait for it forever. */
        SILENT("silent"),
        /** It registers, and its answer is lost: the same certificate comes again and must not count twice. */
        LOSE_ANSWER("lose-answer");

        private final String word;

        Outage(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * The process dies, as by {@code kill -9}: nothing may be lost and nothing done twice, wherever it happens.
     *
     * @param moment on which side of the commit
     * @param change the kind of change that the transaction makes, one of {@link Changes#KINDS}
     */
    record Crash(Moment moment, String change) implements Harm {

        static String occasion(Moment moment, String change) {
            return "crash " + moment + " " + change;
        }

        @Override
        public String occasion() {
            return occasion(moment, change);
        }

        @Override
        public String toString() {
            return occasion();
        }
    }

    /** A side of a commit. */
    enum Moment {
        /** In the transaction, when it makes the change: all of it is gone. */
        BEFORE_COMMIT("before-commit"),
        /** The change is durable and nobody has been told. */
        AFTER_COMMIT("after-commit");

        private final String word;

        Moment(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** A duration as it is read. */
    static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
