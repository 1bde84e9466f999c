package dev.rootbeat.conformance.explain;

import dev.rootbeat.server.model.Operation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The causal chain of a thing: of all facts about a device those that led to it, in words, oldest first. */
final class Chain {

    private static final String HEARTBEAT = "HEARTBEAT";

    private static final Comparator<Fact> CAUSES_FIRST =
            Comparator.comparing(Fact::at).thenComparingInt(Chain::rank);

    private Chain() {}

    /** Within an instant: what arrives or is asked, what the server makes of it, what is sent then. */
    private static int rank(Fact fact) {
        return switch (fact) {
            case Fact.Logged logged -> FURTHER.contains(logged.detail()) ? 5 : 0;
            case Fact.Stepped step -> step.state() == Operation.State.DELIVERED ? 2 : 1;
            case Fact.Signed _ -> 1;
            case Fact.Revoked _, Fact.Chosen _ -> 2;
            case Fact.Billed _ -> 3;
            case Fact.Told _, Fact.Invoiced _ -> 4;
        };
    }

    private static final Set<String> FURTHER = Set.of("SENT", "LOST", "DUPLICATED");

    /** A sentence, and when what it says happened. */
    record Sentence(Instant at, String text) {

        @Override
        public String toString() {
            return at + "  " + text;
        }
    }

    /** All of a device's life. */
    static List<Sentence> ofDevice(List<Fact> facts) {
        return told(facts, _ -> true);
    }

    /**
     * A certificate, from what was asked to its end.
     *
     * @param operations the ids of the operations that it answers
     */
    static List<Sentence> ofCertificate(List<Fact> facts, String serial, List<String> operations) {
        Predicate<Fact> about = fact -> speaksOf(fact, serial)
                || (fact instanceof Fact.Stepped stepped && operations.contains(stepped.operation()));
        List<Instant> times =
                facts.stream().filter(about).map(Fact::at).sorted().toList();
        if (times.isEmpty()) {
            return List.of();
        }
        Instant first = lastSent(facts, times.getFirst());
        Instant inUse = facts.stream()
                .filter(fact -> fact instanceof Fact.Billed
                        || (fact instanceof Fact.Stepped stepped && stepped.state() == Operation.State.EFFECTIVE))
                .filter(about)
                .map(Fact::at)
                .max(Comparator.naturalOrder())
                .orElse(times.getLast());
        return told(
                facts,
                fact -> about.test(fact)
                        || (fact instanceof Fact.Logged logged
                                && !logged.at().isBefore(first)
                                && !logged.at().isAfter(inUse)));
    }

    /** When the heartbeat was sent in which something happened. */
    private static Instant lastSent(List<Fact> facts, Instant at) {
        return facts.stream()
                .filter(fact -> fact instanceof Fact.Logged logged
                        && logged.what().equals(HEARTBEAT)
                        && logged.detail().equals("SENT")
                        && !logged.at().isAfter(at))
                .map(Fact::at)
                .max(Comparator.naturalOrder())
                .orElse(at);
    }

    /** A line of an invoice: the plan that runs, and what was billed within the period. */
    static List<Sentence> ofInvoiceLine(List<Fact> facts, String invoice) {
        List<Fact.Invoiced> lines = facts.stream()
                .filter(Fact.Invoiced.class::isInstance)
                .map(Fact.Invoiced.class::cast)
                .filter(line -> line.invoice().equals(invoice))
                .toList();
        Set<String> serials = facts.stream()
                .filter(Fact.Billed.class::isInstance)
                .map(Fact.Billed.class::cast)
                .filter(billed -> lines.stream().anyMatch(line -> isWithin(line, billed.at())))
                .map(Fact.Billed::serial)
                .collect(Collectors.toCollection(TreeSet::new));
        return lines.isEmpty()
                ? List.of()
                : told(
                        facts,
                        fact -> fact instanceof Fact.Chosen
                                || (fact instanceof Fact.Invoiced line && lines.contains(line))
                                || (fact instanceof Fact.Stepped stepped
                                        && lines.stream().anyMatch(line -> isWithin(line, stepped.at())))
                                || serials.stream().anyMatch(serial -> speaksOf(fact, serial)));
    }

    private static boolean isWithin(Fact.Invoiced line, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return !day.isBefore(line.start()) && day.isBefore(line.end());
    }

    private static boolean speaksOf(Fact fact, String serial) {
        return switch (fact) {
            case Fact.Signed signed -> signed.serial().equals(serial);
            case Fact.Revoked revoked -> revoked.serial().equals(serial);
            case Fact.Billed billed -> billed.serial().equals(serial);
            case Fact.Told told -> serial.equals(told.subject());
            case Fact.Logged logged -> logged.detail().equals(serial);
            case Fact.Stepped _, Fact.Chosen _, Fact.Invoiced _ -> false;
        };
    }

    private static List<Sentence> told(List<Fact> facts, Predicate<Fact> wanted) {
        List<Fact> chosen = facts.stream().filter(wanted).sorted(CAUSES_FIRST).toList();
        var sentences = new ArrayList<Sentence>();
        for (int from = 0; from < chosen.size(); ) {
            int heartbeats = 0;
            int to = from;
            while (isUneventful(chosen, to)) {
                to += UNEVENTFUL.size();
                heartbeats++;
            }
            if (heartbeats > 0) {
                sentences.add(new Sentence(
                        chosen.get(from).at(),
                        heartbeats == 1
                                ? "a heartbeat, in which nothing is ordered"
                                : heartbeats + " heartbeats in which nothing is ordered, until "
                                        + chosen.get(to - 1).at()));
                from = to;
            } else {
                sentences.add(new Sentence(chosen.get(from).at(), Words.of(chosen.get(from))));
                from++;
            }
        }
        return sentences;
    }

    /** A heartbeat that arrives, and is replied to at once. */
    private static final List<String> UNEVENTFUL =
            List.of(HEARTBEAT + " SENT", HEARTBEAT + " DELIVERED", "REPLY 2.04 SENT", "REPLY 2.04 DELIVERED");

    private static boolean isUneventful(List<Fact> facts, int from) {
        if (from + UNEVENTFUL.size() > facts.size()) {
            return false;
        }
        for (int i = 0; i < UNEVENTFUL.size(); i++) {
            if (!(facts.get(from + i) instanceof Fact.Logged logged
                    && UNEVENTFUL.get(i).equals(logged.what() + " " + logged.detail()))) {
                return false;
            }
        }
        boolean runs = from + UNEVENTFUL.size() < facts.size()
                && facts.get(from + UNEVENTFUL.size()) instanceof Fact.Logged next
                && next.at().equals(facts.get(from + UNEVENTFUL.size() - 1).at());
        return !runs;
    }
}
