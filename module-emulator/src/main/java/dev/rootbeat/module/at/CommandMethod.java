package dev.rootbeat.module.at;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A method that answers a command. */
final class CommandMethod {

    private final Method method;
    private final boolean takesSession;
    private final List<Parameter> parameters;

    /** What binding comes to: the method's arguments, or what the first parameter that does not fit is wrong with. */
    sealed interface Binding {

        record Bound(List<@Nullable Object> arguments) implements Binding {}

        record Unfit(int parameter, AtError error) implements Binding {}
    }

    /**
     * Reads the description of a method.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    CommandMethod(Method method) {
        if (method.getReturnType() != Answer.class) {
            throw new IllegalArgumentException(method + " must return an Answer");
        }
        this.method = method;
        List<java.lang.reflect.Parameter> declared = List.of(method.getParameters());
        this.takesSession = !declared.isEmpty() && declared.getFirst().getType() == AtSession.class;
        this.parameters =
                declared.stream().skip(takesSession ? 1 : 0).map(Parameter::of).toList();
        for (int i = 1; i < parameters.size(); i++) {
            if (parameters.get(i - 1).optional() && !parameters.get(i).optional()) {
                throw new IllegalArgumentException(
                        method + ": a parameter that must be there follows one that need not");
            }
        }
        method.setAccessible(true);
    }

    /** The class on whose object the method is called. */
    Class<?> service() {
        return method.getDeclaringClass();
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Binding bind(AtSession session, List<Field> fields) {
        var arguments = new ArrayList<@Nullable Object>();
        if (takesSession) {
            arguments.add(session);
        }
        for (int i = 0; i < parameters.size(); i++) {
            Field field = i < fields.size() ? fields.get(i) : Field.LEFT_OUT;
            switch (parameters.get(i).read(field)) {
                case Parameter.Value.Good(Object value) -> arguments.add(value);
                case Parameter.Value.Bad(AtError error) -> {
                    return new Binding.Unfit(i, error);
                }
            }
        }
        boolean tooMany = fields.size() > parameters.size();
        return tooMany && !(parameters.isEmpty() && fields.equals(List.of(Field.LEFT_OUT)))
                ? new Binding.Unfit(parameters.size(), AtError.INCORRECT_PARAMETERS)
                : new Binding.Bound(arguments);
    }

    Answer call(Object service, List<@Nullable Object> arguments) {
        try {
            return (Answer) method.invoke(service, arguments.toArray());
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(method + " failed", e);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " was made accessible", e);
        }
    }
}
