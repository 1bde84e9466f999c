package dev.rootbeat.module.at;

import dev.rootbeat.module.at.CommandMethod.Binding;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** All commands of a module, found by their annotations once and the same for every module. */
public final class CommandTable {

    private static final Pattern SPELLING = Pattern.compile("(\\+[A-Z][A-Z0-9]*|&?[A-Z])(=\\?|=|\\?)?");

    private final SequencedMap<String, List<CommandMethod>> methods = new TreeMap<>();
    private final Set<String> unsupported = new HashSet<>();

    private CommandTable() {}

    /**
     * Reads the annotated methods of these classes.
     *
     * @throws IllegalArgumentException naming the method that makes no sense
     */
    public static CommandTable of(Class<?>... services) {
        var table = new CommandTable();
        for (Class<?> service : services) {
            Arrays.stream(service.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(AtCommand.class))
                    // The order of reflection is not fixed.
                    .sorted(Comparator.comparing(Method::toString))
                    .forEach(table::add);
        }
        return table;
    }

    /** Has commands that real modules know, and this one does not, answer that they are not supported. */
    public CommandTable without(String... names) {
        unsupported.addAll(List.of(names));
        return this;
    }

    private void add(Method method) {
        var command = new CommandMethod(method);
        for (String spelling : method.getAnnotation(AtCommand.class).value()) {
            if (!SPELLING.matcher(spelling).matches()) {
                throw new IllegalArgumentException(method + ": \"" + spelling + "\" is no command");
            }
            methods.computeIfAbsent(spelling, _ -> new ArrayList<>()).add(command);
        }
    }

    /** The names of all commands, sorted. */
    public List<String> names() {
        return methods.sequencedKeySet().stream()
                .map(spelling -> new AtRequest(spelling, List.of()).name())
                .distinct()
                .toList();
    }

    /** Returns what runs the commands on these objects, by their classes. */
    public CommandRunner on(Map<Class<?>, Object> services) {
        return (session, request) -> answer(session, services, request);
    }

    /**
     * Runs a command.
     *
     * @param services the objects that the methods are called on, by class; a product that lacks one does not support
     *     its commands
     */
    Answer answer(AtSession session, Map<Class<?>, Object> services, AtRequest request) {
        if (request.equals(AtRequest.NONE)) {
            return Answer.OK;
        }
        if (unsupported.contains(request.name())) {
            return Answer.error(AtError.OPERATION_NOT_SUPPORTED);
        }
        List<CommandMethod> candidates = methods.get(request.spelling());
        if (candidates == null) {
            return request.spelling().endsWith(AtRequest.TEST)
                    ? test(services, request)
                    : Answer.error(AtError.UNKNOWN);
        }
        Binding.Unfit closest = new Binding.Unfit(-1, AtError.INCORRECT_PARAMETERS);
        for (CommandMethod method : candidates) {
            switch (method.bind(session, request.fields())) {
                case Binding.Bound(var arguments) -> {
                    Object service = services.get(method.service());
                    return service == null
                            ? Answer.error(AtError.OPERATION_NOT_SUPPORTED)
                            : method.call(service, arguments);
                }
                case Binding.Unfit unfit -> closest = isCloser(unfit, closest) ? unfit : closest;
            }
        }
        return Answer.error(closest.error());
    }

    /** The more parameters fit the closer; of the same many, the error that says more. */
    private static boolean isCloser(Binding.Unfit one, Binding.Unfit other) {
        return one.parameter() > other.parameter()
                || (one.parameter() == other.parameter() && other.error() == AtError.INCORRECT_PARAMETERS);
    }

    /** Describes a set command from its parameters; of one that cannot be set it only says that it exists. */
    private Answer test(Map<Class<?>, Object> services, AtRequest request) {
        String name = request.name();
        List<CommandMethod> known = List.of(name + AtRequest.SET, name + AtRequest.READ, name).stream()
                .flatMap(spelling -> methods.getOrDefault(spelling, List.of()).stream())
                .toList();
        if (known.isEmpty()) {
            return Answer.error(AtError.UNKNOWN);
        }
        if (known.stream().noneMatch(method -> services.containsKey(method.service()))) {
            return Answer.error(AtError.OPERATION_NOT_SUPPORTED);
        }
        List<CommandMethod> settable = methods.getOrDefault(name + AtRequest.SET, List.of());
        return settable.isEmpty() ? Answer.OK : Answer.of(name + ": " + description(settable));
    }

    private static String description(List<CommandMethod> settable) {
        int most = settable.stream()
                .mapToInt(method -> method.parameters().size())
                .max()
                .orElse(0);
        var shown = new ArrayList<String>();
        for (int i = 0; i < most; i++) {
            int position = i;
            shown.add(together(settable.stream()
                    .filter(method -> position < method.parameters().size())
                    .map(method -> method.parameters().get(position))
                    .toList()));
        }
        return String.join(",", shown);
    }

    /** Several methods that differ in a number are told apart by it, so the host may choose among all of them. */
    private static String together(List<Parameter> alternatives) {
        boolean listed = alternatives.stream().noneMatch(one -> one.allowed().isEmpty());
        return listed
                ? Parameter.list(alternatives.stream()
                        .flatMap(one -> one.allowed().stream())
                        .distinct()
                        .sorted())
                : alternatives.getFirst().description();
    }
}
