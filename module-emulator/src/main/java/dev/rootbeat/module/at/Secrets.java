package dev.rootbeat.module.at;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hides what is secret in what hosts and modules say to each other: private keys, pre-shared keys, passwords and PINs,
 * but not which command it was about.
 */
public final class Secrets {

    /** What stands for a secret. */
    public static final String MASK = "***";

    private static final Set<String> ANY = Set.of();

    /** A command or answer in which everything from one parameter on is secret, if another one has one of these values. */
    private record Rule(String name, int parameter, Set<String> values, int from) {

        boolean appliesTo(String spelled, List<Field> fields) {
            return spelled.equals(name)
                    && fields.size() > from
                    && (values.isEmpty()
                            || values.contains(fields.get(parameter).text()));
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("+USECDEVCERT", 0, Set.of("0"), 1), // the private key
            new Rule("+USECPSK", 0, ANY, 1), // the key behind its identity
            new Rule("+USECC2C", 0, ANY, 1), // the host's secret, and the keys
            new Rule("+USECMNG", 0, Set.of("0", "1"), 4), // the password of a key
            new Rule("+USECPRF", 1, Set.of("7", "8", "9", "13"), 2), // password, pre-shared key, its identity, session
            new Rule("+UUSECPRF", 1, Set.of("13"), 2), // the session
            new Rule("+UAUTHREQ", 0, ANY, 3), // the password behind the user
            new Rule("+CGAUTH", 0, ANY, 3),
            new Rule("+UPSD", 1, Set.of("3"), 2),
            new Rule("+UMQTT", 0, Set.of("4"), 2),
            new Rule("+UHTTP", 1, Set.of("3", "9"), 2), // the password, and header fields, which may have a token
            new Rule("+CPIN", 0, ANY, 0),
            new Rule("+CLCK", 0, ANY, 2),
            new Rule("+CPWD", 0, ANY, 1));

    private static final Pattern ANSWER = Pattern.compile("(\\+[A-Z0-9]+): ?(.*)", Pattern.DOTALL);
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(-----END [A-Z ]*PRIVATE KEY-----|$)", Pattern.DOTALL);

    private static final String IMPORT = "+USECMNG=";
    private static final List<Field> OF_A_PRIVATE_KEY = List.of(new Field("0", false), new Field("2", false));

    private Secrets() {}

    /** Hides the secrets of a command line, which begins with {@code AT}. */
    public static String hideInLine(String line) {
        String commands = line.substring(Math.min(2, line.length()));
        String hidden = AtLine.parse(commands)
                .map(requests -> requests.stream().anyMatch(Secrets::isSecret)
                        ? "AT" + requests.stream().map(Secrets::hide).collect(Collectors.joining(";"))
                        : line)
                .orElseGet(() -> mentionsSecret(commands) ? "AT" + MASK : line);
        return hideKeys(hidden);
    }

    /** Hides the secrets of a line that a module says. */
    public static String hideInAnswer(String text) {
        Matcher answer = ANSWER.matcher(text);
        if (!answer.matches() || RULES.stream().noneMatch(rule -> rule.name.equals(answer.group(1)))) {
            return hideKeys(text);
        }
        String name = answer.group(1);
        Optional<List<AtRequest>> asSet = AtLine.parse(name + AtRequest.SET + answer.group(2));
        return asSet.filter(parsed -> parsed.size() == 1)
                .map(parsed -> isSecret(parsed.getFirst())
                        ? name + ": " + hidden(name, parsed.getFirst().fields())
                        : text)
                .orElse(name + ": " + MASK);
    }

    /** Hides the private keys in text. */
    public static String hideKeys(String text) {
        return PRIVATE_KEY.matcher(text).replaceAll("$1" + MASK + "$2");
    }

    /** Whether the octets that a host sends after the prompt of a command line are a private key. */
    public static boolean promptsForKey(String line) {
        return AtLine.parse(line.substring(Math.min(2, line.length()))).stream()
                .flatMap(List::stream)
                .anyMatch(request -> request.spelling().equals(IMPORT)
                        && request.fields().size() > 2
                        && request.fields().subList(0, 2).equals(OF_A_PRIVATE_KEY));
    }

    private static boolean isSecret(AtRequest request) {
        return RULES.stream().anyMatch(rule -> rule.appliesTo(request.name(), request.fields()));
    }

    private static boolean mentionsSecret(String commands) {
        String upper = commands.replace(" ", "").toUpperCase(Locale.ROOT);
        return RULES.stream().anyMatch(rule -> upper.contains(rule.name));
    }

    private static String hide(AtRequest request) {
        return request.spelling() + hidden(request.name(), request.fields());
    }

    private static String hidden(String name, List<Field> fields) {
        int from = RULES.stream()
                .filter(rule -> rule.appliesTo(name, fields))
                .mapToInt(Rule::from)
                .findFirst()
                .orElse(fields.size());
        var shown = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Field hidden = i >= from && isValue(field) ? new Field(MASK, field.quoted()) : field;
            shown.append(i == 0 ? "" : ",").append(hidden.spelled());
        }
        return shown.toString();
    }

    /** A PIN may be written without quotes; words, such as READY, are no secrets, nor is what is empty. */
    private static boolean isValue(Field field) {
        String text = field.text();
        return !text.isEmpty() && (field.quoted() || text.chars().allMatch(c -> c >= '0' && c <= '9'));
    }
}
