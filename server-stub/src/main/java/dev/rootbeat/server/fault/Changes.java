package dev.rootbeat.server.fault;

import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of change that a transaction can make, by the methods that {@link Transaction} and its parts have for them. */
final class Changes {

    /** The name of every kind, such as {@code issued-certificate}, sorted. */
    static final SortedSet<String> KINDS = kinds();

    private Changes() {}

    /** Returns a transaction that tells of every change before it makes it. */
    static Transaction watched(Transaction transaction, Consumer<String> changing) {
        return watched(Transaction.class, transaction, changing);
    }

    private static <T> T watched(Class<T> type, T target, Consumer<String> changing) {
        InvocationHandler handler = (_, method, arguments) -> {
            kind(method).ifPresent(changing);
            Object result = call(target, method, arguments);
            return isPart(method) ? watchedPart(method.getReturnType(), result, changing) : result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static <T> T watchedPart(Class<T> type, @Nullable Object part, Consumer<String> changing) {
        return watched(type, type.cast(Objects.requireNonNull(part, "a part is always there")), changing);
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static SortedSet<String> kinds() {
        var kinds = new TreeSet<String>();
        methods().forEach(method -> kind(method).ifPresent(kinds::add));
        return Collections.unmodifiableSortedSet(kinds);
    }

    private static Stream<Method> methods() {
        return Arrays.stream(Transaction.class.getMethods())
                .flatMap(method ->
                        isPart(method) ? Arrays.stream(method.getReturnType().getMethods()) : Stream.of(method));
    }

    /** Whether it returns a part of the transaction that has changes of its own. */
    private static boolean isPart(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType().getSimpleName().endsWith("Transaction");
    }

    private static Optional<String> kind(Method method) {
        Class<?> owner = method.getDeclaringClass();
        if (!owner.getPackage().equals(View.class.getPackage())
                || owner.getSimpleName().endsWith("View")
                || method.getParameterCount() == 0) {
            return Optional.empty();
        }
        String verb = method.getName();
        String what = method.getParameterTypes()[0].getSimpleName();
        return Optional.of(
                switch (verb) {
                    case "save", "add" -> words(what);
                    case "remove" -> words(verb + what);
                    default -> words(verb);
                });
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
