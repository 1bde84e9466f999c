package dev.rootbeat.conformance.explain;

import dev.rootbeat.server.model.Operation;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts in words. */
final class Words {

    private static final Map<String, String> LEGS = Map.of(
            "HEARTBEAT", "the heartbeat",
            "REPLY", "the reply",
            "RESULTS", "the message of results",
            "ACKNOWLEDGEMENT", "the answer to results");

    private static final Map<String, String> COMMANDS = Map.of(
            "SetCertificate", "to take a certificate",
            "GenerateKeyPair", "to generate a key pair",
            "DeleteCredential", "to delete key and certificate",
            "ReadCertificate", "to show its certificate");

    private Words() {}

    /** A sentence without its time and its full stop. */
    static String of(Fact fact) {
        return switch (fact) {
            case Fact.Stepped stepped -> stepped(stepped);
            case Fact.Signed signed -> "certificate " + signed.serial() + " is signed by " + signed.rootCa();
            case Fact.Revoked revoked -> "certificate " + revoked.serial() + " is revoked: " + revoked.reason();
            case Fact.Billed billed -> "certificate " + billed.serial() + " is billed as " + billed.kind();
            case Fact.Told told ->
                "the domain is told " + told.kind() + (told.subject() == null ? "" : " " + told.subject());
            case Fact.Chosen chosen -> "the plan of the device is " + chosen.plan();
            case Fact.Invoiced line ->
                "invoice " + line.invoice() + " has a line for " + line.start() + " to " + line.end() + ": "
                        + line.parts() + ", together " + line.sum();
            case Fact.Logged logged -> logged(logged);
        };
    }

    private static String stepped(Fact.Stepped step) {
        String why = because(step.reason());
        return switch (step.state()) {
            case ACCEPTED ->
                (step.kind() == Operation.Kind.AUTOMATIC_RENEW
                                ? "the server begins to renew, since the certificate ends soon"
                                : "the server accepts that " + step.kind() + " is asked for")
                        + why;
            case ORDERED -> "for " + step.kind() + " the module is to generate a key pair" + why;
            case DELIVERED -> "what fulfils " + step.kind() + " is handed out" + why;
            case EFFECTIVE -> step.kind() + " is effective: the module has reported it" + why;
            case FAILED -> step.kind() + " has failed" + why;
            case SUPERSEDED -> "a later operation takes the place of " + step.kind() + why;
            case CANCELLED -> step.kind() + " is cancelled" + why;
        };
    }

    private static String because(@Nullable String reason) {
        return reason == null || reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private static String logged(Fact.Logged logged) {
        String[] words = logged.what().split(" ", 2);
        String leg = LEGS.get(words[0]);
        if (leg != null) {
            return message(leg, words.length > 1 ? words[1] : "", logged.detail());
        }
        String command = COMMANDS.get(words[0]);
        if (command != null) {
            return "the module was told " + command + ", and answers "
                    + logged.detail().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        }
        return switch (words[0]) {
            case "instruction" ->
                "an operator asks for " + words[1]
                        + (logged.detail().isEmpty() ? "" : ", and is refused: " + logged.detail());
            case "uses" -> "the module uses certificate " + logged.detail() + " from now on";
            default -> (logged.what() + " " + logged.detail()).strip();
        };
    }

    private static String message(String leg, String code, String fate) {
        String meaning = switch (code) {
            case "4.29" -> " (too early)";
            case "5.03" -> " (not now)";
            default -> code.isEmpty() || code.equals("2.04") ? "" : " (" + code + ")";
        };
        return leg
                + meaning
                + switch (fate) {
                    case "SENT" -> " is sent";
                    case "LOST" -> " is lost";
                    case "DUPLICATED" -> " will arrive twice";
                    case "DELIVERED" -> " arrives";
                    case "UNWANTED" -> " arrives where nobody waits for it";
                    default -> " " + fate;
                };
    }
}
