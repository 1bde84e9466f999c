package dev.rootbeat.module.at;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter of a command takes: numbers or quoted text, within limits.
 *
 * @param target the Java type that the method takes
 * @param optional whether it may be left out
 * @param allowed the few numbers it may be; empty if there are too many to list
 * @param from the smallest number, or the fewest octets of text
 * @param to the largest number, or the most octets of text
 */
record Parameter(Target target, boolean optional, List<Long> allowed, long from, long to) {

    /** The types that a method's parameter may have. */
    enum Target {
        INT,
        LONG,
        TEXT
    }

    /** Ten digits are as many as a 32-bit number has; eighteen always fit a long. */
    private static final int MAX_DIGITS = 18;

    /** A parameter's value: what the method is given, or what is wrong. */
    sealed interface Value {

        /** Fits. Null stands for one that was left out. */
        record Good(@Nullable Object value) implements Value {}

        /** Does not fit. */
        record Bad(AtError error) implements Value {}
    }

    /**
     * Reads the description of a method's parameter.
     *
     * @throws IllegalArgumentException if it is none that a command can have
     */
    static Parameter of(java.lang.reflect.Parameter declared) {
        Class<?> type = declared.getType();
        boolean optional = declared.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (type == String.class) {
            Length length = required(declared, Length.class);
            return new Parameter(Target.TEXT, optional, List.of(), length.min(), length.max());
        }
        boolean isLong = type == long.class || type == Long.class;
        if (!isLong && type != int.class && type != Integer.class) {
            throw new IllegalArgumentException(declared + " is neither a number nor text");
        }
        if (optional == type.isPrimitive()) {
            throw new IllegalArgumentException(declared + ": boxed numbers are for parameters that may be left out");
        }
        Target target = isLong ? Target.LONG : Target.INT;
        OneOf oneOf = declared.getAnnotation(OneOf.class);
        if (oneOf != null) {
            List<Long> allowed =
                    Arrays.stream(oneOf.value()).asLongStream().boxed().toList();
            return new Parameter(target, optional, allowed, allowed.getFirst(), allowed.getLast());
        }
        Range range = required(declared, Range.class);
        return new Parameter(target, optional, List.of(), range.from(), range.to());
    }

    private static <A extends java.lang.annotation.Annotation> A required(AnnotatedElement of, Class<A> annotation) {
        return Optional.ofNullable(of.getAnnotation(annotation))
                .orElseThrow(() -> new IllegalArgumentException(of + " needs a limit: @" + annotation.getSimpleName()));
    }

    /** Converts what the host wrote. */
    Value read(Field field) {
        if (field.isLeftOut()) {
            return optional ? new Value.Good(null) : new Value.Bad(AtError.INCORRECT_PARAMETERS);
        }
        return switch (target) {
            case TEXT -> readText(field);
            case INT, LONG -> readNumber(field);
        };
    }

    private Value readText(Field field) {
        if (!field.quoted() || field.text().length() < from) {
            return new Value.Bad(AtError.INCORRECT_PARAMETERS);
        }
        return field.text().length() > to ? new Value.Bad(AtError.TEXT_TOO_LONG) : new Value.Good(field.text());
    }

    private Value readNumber(Field field) {
        String digits = field.text().startsWith("-") ? field.text().substring(1) : field.text();
        boolean isNumber = !field.quoted()
                && !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            return new Value.Bad(AtError.INCORRECT_PARAMETERS);
        }
        long number = Long.parseLong(field.text());
        boolean fits = allowed.isEmpty() ? number >= from && number <= to : allowed.contains(number);
        if (!fits) {
            return new Value.Bad(AtError.INCORRECT_PARAMETERS);
        }
        return new Value.Good(target == Target.LONG ? (Object) number : (Object) Math.toIntExact(number));
    }

    /** How a test command's answer shows it alone. */
    String description() {
        if (target == Target.TEXT) {
            return "\"\"";
        }
        return allowed.isEmpty() ? "(" + from + "-" + to + ")" : list(allowed.stream());
    }

    /** How a test command's answer shows a few numbers. */
    static String list(Stream<Long> numbers) {
        return numbers.map(Object::toString).collect(Collectors.joining(",", "(", ")"));
    }
}
