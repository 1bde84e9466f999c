package dev.rootbeat.module.fault;

/**
 * Something that goes wrong between a module and its hosts, as a value. Its text is what {@link #parse} reads:
 *
 * <pre>
 * AT+CSQ reply +CSQ: 99,99                       another answer, for good
 * once AT+CGMI error 3                           an error, by number or by text
 * 3 times AT+USECDEVINFO? error SEC busy         busy three times, then well
 * 2 times a boot AT+CGSN silence                 no answer, and the same after each reboot
 * until AT+ULSTFILE* AT+USECMNG=0,* error 1912   until another command comes
 * AT+COPS=? delay 30s
 * drop 1 in 100 to host                          octets are lost
 * garble 1 in 500 from host seed 7               octets have a wrong bit
 * storage full
 * </pre>
 */
public sealed interface Fault {

    /**
     * Something happens to commands.
     *
     * @param span how often
     * @param commands to which ones
     * @param effect what
     */
    record OnCommand(Span span, Commands commands, Effect effect) implements Fault {
        @Override
        public String toString() {
            return span.toString() + commands + " " + effect;
        }
    }

    /**
     * A bad line to all hosts of the module.
     *
     * @param damage what happens to octets
     * @param oneIn to one in so many, by chance; at least 1, and then to all
     * @param way of which direction
     * @param seed chance draws from it, so that the same octets are hit again
     */
    record Noise(Damage damage, int oneIn, Way way, long seed) implements Fault {

        /** The seed where none is named. */
        static final long USUAL_SEED = 1;

        /** @throws IllegalArgumentException if it would happen to one in less than one */
        public Noise {
            if (oneIn < 1) {
                throw new IllegalArgumentException("noise hits 1 in 1 or more octets, not 1 in " + oneIn);
            }
        }

        @Override
        public String toString() {
            return damage + " 1 in " + oneIn + " " + way + (seed == USUAL_SEED ? "" : " seed " + seed);
        }
    }

    /** The module's storage takes nothing that is larger than what it replaces. */
    record StorageFull() implements Fault {
        @Override
        public String toString() {
            return "storage full";
        }
    }

    /** What noise does to an octet. */
    enum Damage {
        /** It is lost. */
        DROP("drop"),
        /** One of its bits is wrong. */
        GARBLE("garble");

        private final String word;

        Damage(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** A direction. */
    enum Way {
        /** What the module says. */
        TO_HOST("to host"),
        /** What the hosts say. */
        FROM_HOST("from host");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Reads the text of a fault.
     *
     * @throws IllegalArgumentException saying at which character of the text what is wrong
     */
    static Fault parse(String text) {
        return new FaultText(text).read();
    }
}
