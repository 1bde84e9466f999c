package dev.rootbeat.conformance.mutant;

import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store whose transactions do not keep everything as they are told to, or do not show it as it is. One call is altered,
 * all others pass.
 *
 * @param call what becomes of a call that a transaction gets
 */
record AlteredStore(Store store, Call call) implements Store {

    private static final Set<String> CHANGES = Set.of("save", "add", "enqueue");

    /** What becomes of a call. */
    interface Call {

        @Nullable
        Object of(Transaction tx, Object target, Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    /** Alters what is written of a type: to null it is not written at all. */
    static <T> UnaryOperator<Store> writing(Class<T> type, BiFunction<Transaction, T, @Nullable T> change) {
        Call call = (tx, target, method, arguments) -> {
            if (arguments.length == 0
                    || !CHANGES.contains(method.getName())
                    || !method.getParameterTypes()[0].equals(type)) {
                return method.invoke(target, arguments);
            }
            T changed = change.apply(tx, type.cast(arguments[0]));
            if (changed == null) {
                return nothing(method);
            }
            arguments[0] = changed;
            return method.invoke(target, arguments);
        };
        return store -> new AlteredStore(store, call);
    }

    /**
     * Alters what transactions are shown.
     *
     * @param query the name of a method of {@link View}
     */
    static UnaryOperator<Store> reading(String query, UnaryOperator<Object> change) {
        if (Arrays.stream(View.class.getMethods())
                .noneMatch(method -> method.getName().equals(query))) {
            throw new IllegalArgumentException("a view has no " + query);
        }
        Call call = (_, target, method, arguments) -> {
            Object answer = method.invoke(target, arguments);
            return answer != null && method.getName().equals(query) ? change.apply(answer) : answer;
        };
        return store -> new AlteredStore(store, call);
    }

    /** What a change answers that was not made. */
    private static @Nullable Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        if (type == boolean.class) {
            return false;
        }
        return type == long.class ? 1L : null;
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work) {
        return store.write(tx -> work.apply(altered(Transaction.class, tx, tx)));
    }

    private <T> T altered(Class<T> type, T target, Transaction tx) {
        InvocationHandler handler = (_, method, arguments) -> {
            try {
                Object answer = call.of(tx, target, method, arguments == null ? new Object[0] : arguments);
                return answer != null && method.getReturnType().getSimpleName().endsWith("Transaction")
                        ? part(method.getReturnType(), answer, tx)
                        : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private <T> T part(Class<T> type, Object part, Transaction tx) {
        return altered(type, type.cast(part), tx);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<View, T> query) {
        return store.read(query);
    }

    @Override
    public void close() {
        store.close();
    }
}
