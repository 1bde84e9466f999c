package dev.rootbeat.module.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of the C library that pseudo-terminals need (POSIX.1-2024), with the numbers that Linux gives their
 * constants. An object belongs to one caller at a time, because it holds what the last call failed with.
 */
@SuppressWarnings("restricted") // the process must be allowed native access
final class Posix {

    static final int O_RDWR = 0x2;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final short POLLIN = 0x1;
    static final short POLLOUT = 0x4;

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int TCSANOW = 0;

    /** More than {@code struct termios} has on any Linux. */
    private static final int TERMIOS_OCTETS = 256;

    /** More than {@code /dev/pts/} and a number. */
    private static final int MAX_NAME = 128;

    /** More than any text of {@code strerror}. */
    private static final int MAX_REASON = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle OPENPT = function("posix_openpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle GRANTPT = function("grantpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle UNLOCKPT = function("unlockpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle PTSNAME = function("ptsname_r", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle PIPE2 = function("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle TCGETATTR = function("tcgetattr", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle TCSETATTR = function("tcsetattr", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle CFMAKERAW =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("cfmakeraw"), FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle READ = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private final MemorySegment state;

    /** Keeps what calls fail with in this arena. */
    Posix(Arena arena) {
        this.state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /** Opens the master of a new pseudo-terminal whose slave may be opened, not blocking and not for child processes. */
    int openMaster() throws IOException {
        int master = (int) call("posix_openpt", OPENPT, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        try {
            var _ = call("grantpt", GRANTPT, master);
            var _ = call("unlockpt", UNLOCKPT, master);
        } catch (IOException e) {
            close(master);
            throw e;
        }
        return master;
    }

    /** The device file of a master's slave. */
    String slaveName(int master) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(MAX_NAME);
            var _ = call("ptsname_r", PTSNAME, master, name, (long) MAX_NAME);
            return name.getString(0);
        }
    }

    int open(String name, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (int) call("open " + name, OPEN, arena.allocateFrom(name), flags);
        }
    }

    /** Has a terminal carry octets as they are: no echo, no lines, no signals. */
    void makeRaw(int terminal) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(TERMIOS_OCTETS, Long.BYTES);
            var _ = call("tcgetattr", TCGETATTR, terminal, attributes);
            makeRaw(attributes);
            var _ = call("tcsetattr", TCSETATTR, terminal, TCSANOW, attributes);
        }
    }

    private static void makeRaw(MemorySegment attributes) {
        try {
            CFMAKERAW.invokeExact(attributes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Opens a pipe that does not block; returns the end to read from and the end to write to. */
    int[] pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            var _ = call("pipe2", PIPE2, ends, O_NONBLOCK | O_CLOEXEC);
            return ends.toArray(JAVA_INT);
        }
    }

    void close(int descriptor) {
        try {
            // Linux lets go of the descriptor whatever close answers.
            int _ = (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Reads what is there.
     *
     * @return how many octets, 0 if there are none now; a terminal whose slave is open has no end
     */
    int read(int descriptor, MemorySegment into) throws IOException {
        long result;
        try {
            result = (long) READ.invokeExact(state, descriptor, into, into.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return transferred("read", result);
    }

    /**
     * Writes what there is room for.
     *
     * @return how many octets, 0 if there is no room now
     */
    int write(int descriptor, MemorySegment from, long octets) throws IOException {
        long result;
        try {
            result = (long) WRITE.invokeExact(state, descriptor, from, octets);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return transferred("write", result);
    }

    private int transferred(String call, long result) throws IOException {
        if (result >= 0) {
            return (int) result;
        }
        int errno = errno();
        if (errno == EAGAIN || errno == EINTR) {
            return 0;
        }
        throw failure(call, errno);
    }

    /**
     * Waits until one of several descriptors is ready, or a signal comes.
     *
     * @param watched an array of {@code struct pollfd}
     */
    void poll(MemorySegment watched, long count) throws IOException {
        int ready;
        try {
            ready = (int) POLL.invokeExact(state, watched, count, -1);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (ready < 0 && errno() != EINTR) {
            throw failure("poll", errno());
        }
    }

    /** For calls that are rare; the others spell their types out, which is faster. */
    private long call(String name, MethodHandle function, Object... arguments) throws IOException {
        Number result;
        try {
            result = (Number) function.bindTo(state).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (result.longValue() < 0) {
            throw failure(name, errno());
        }
        return result.longValue();
    }

    private int errno() {
        return (int) ERRNO_VALUE.get(state, 0L);
    }

    private static IOException failure(String call, int errno) {
        try {
            var reason = (MemorySegment) STRERROR.invokeExact(errno);
            return new IOException(call + ": " + reason.reinterpret(MAX_REASON).getString(0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** These functions throw nothing; only a wrong call of them could. */
    private static IllegalStateException unexpected(Throwable cause) {
        return new IllegalStateException("a call of the C library", cause);
    }

    private static MethodHandle function(String name, ValueLayout result, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, parameters), ERRNO);
    }
}
