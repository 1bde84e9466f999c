package dev.rootbeat.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;

/**
 * Time, randomness and threads are passed in, so that the same code runs in the real and in the simulated world; and
 * nothing that differs from one run to the next may decide what happens in the simulated one. Where the real world
 * begins somebody must call what is forbidden elsewhere: these classes are named one by one.
 */
@AnalyzeClasses(packages = ProductCode.ROOT, importOptions = ProductCode.class)
class ForbiddenCallsTest {

    private static final List<Class<?>> MUTABLE = List.of(
            Collection.class,
            Map.class,
            StringBuilder.class,
            ThreadLocal.class,
            RandomGenerator.class,
            AtomicBoolean.class,
            AtomicInteger.class,
            AtomicLong.class,
            AtomicReference.class);

    @ArchTest
    static final ArchRule the_time_is_told_by_a_clock_that_was_passed_in = nobody(
            // Commands are where the real world's clock comes from; --speed makes another of it. And the tests of
            // others.
            List.of(
                    "server.ServerCommand",
                    "demo.DemoCommand",
                    "conformance.simulate.SimulateCommand",
                    "options.SpeedOptions",
                    "module.testing.TestModule"),
            "it asks the system for the time",
            target -> (target.getOwner().getPackageName().equals("java.time")
                            && target.getName().equals("now")
                            && !takes(target, Clock.class))
                    || (isOneOf(target, Clock.class, InstantSource.class)
                            && target.getName().startsWith("system"))
                    || (isOneOf(target, System.class)
                            && Set.of("currentTimeMillis", "nanoTime").contains(target.getName()))
                    || (isOneOf(target, Date.class) && isBareConstructor(target)));

    @ArchTest
    static final ArchRule randomness_is_passed_in = nobody(
            // The server's serial numbers and tokens must not be guessable, nor what a module's TLS sockets draw; and a
            // device for which nobody has named a seed is drawn by chance, and so is the seed of a server's faults.
            List.of(
                    "server.CertificateManagerServer",
                    "server.FaultOptions",
                    "module.real.RealWorld",
                    "module.real.DeviceOptions"),
            "it makes randomness",
            target -> (isOneOf(target, Random.class, SplittableRandom.class) && isBareConstructor(target))
                    || (target.getOwner().getFullName().equals("java.security.SecureRandom")
                            && (isConstructor(target) || target.getName().startsWith("getInstance")))
                    || (isOneOf(target, Math.class, StrictMath.class)
                            && target.getName().equals("random"))
                    || isOneOf(target, ThreadLocalRandom.class)
                    || (isOneOf(target, UUID.class) && target.getName().equals("randomUUID"))
                    || (isOneOf(target, RandomGenerator.class)
                            && Set.of("getDefault", "of").contains(target.getName()))
                    || (isOneOf(target, Collections.class)
                            && target.getName().equals("shuffle")
                            && !takes(target, RandomGenerator.class)
                            && !takes(target, Random.class)));

    @ArchTest
    static final ArchRule nobody_sleeps = nobody(
            List.of(),
            "it sleeps",
            target -> isOneOf(target, Thread.class, TimeUnit.class)
                    && target.getName().equals("sleep"));

    @ArchTest
    static final ArchRule nobody_ends_the_process = nobody(
            // The main class: its exit code is the command's. And a server whose fault is to die.
            List.of("cli.Rootbeat", "server.CertificateManagerServer"),
            "it ends the process",
            target -> isOneOf(target, System.class, Runtime.class)
                    && Set.of("exit", "halt").contains(target.getName()));

    @ArchTest
    static final ArchRule nothing_runs_in_the_common_pool = nobody(
            List.of(),
            "it runs in the common pool",
            target -> target.getName().equals("parallelStream")
                    || (target.getOwner().isAssignableTo(BaseStream.class)
                            && target.getName().equals("parallel"))
                    || (isOneOf(target, Arrays.class) && target.getName().startsWith("parallel"))
                    || (isOneOf(target, ForkJoinPool.class) && target.getName().equals("commonPool"))
                    || (target.getOwner().isAssignableTo(CompletableFuture.class)
                            && target.getName().endsWith("Async")
                            && !takes(target, Executor.class)));

    @ArchTest
    static final ArchRule nothing_depends_on_the_machines_zone_or_language = nobody(
            List.of(),
            "it uses the default zone or locale",
            target -> target.getName().equals("systemDefault")
                    || (isOneOf(target, Locale.class, TimeZone.class)
                            && target.getName().equals("getDefault"))
                    || (isOneOf(target, String.class)
                            && (target.getName().equals("formatted")
                                    || (Set.of("format", "toLowerCase", "toUpperCase")
                                                    .contains(target.getName())
                                            && !takes(target, Locale.class)))));

    @ArchTest
    static final ArchRule functions_give_the_same_bits_on_every_machine = nobody(
            List.of(),
            "it uses a function of Math whose last bit is the machine's choice; StrictMath has one",
            target -> isOneOf(target, Math.class)
                    && Set.of(
                                    "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
                                    "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot")
                            .contains(target.getName()));

    @ArchTest
    static final ArchRule no_static_field_is_ever_set_again =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule no_static_field_holds_what_can_change = noClasses()
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "it makes something that can change for a static field",
                    access -> access.getOrigin() instanceof JavaStaticInitializer
                            && isConstructor(access.getTarget())
                            && MUTABLE.stream().anyMatch(access.getTarget().getOwner()::isAssignableTo)));

    private static ArchRule nobody(List<String> exempt, String does, Predicate<AccessTarget> what) {
        DescribedPredicate<JavaClass> other = DescribedPredicate.describe(
                "are not one of " + exempt,
                javaClass ->
                        exempt.stream().noneMatch(one -> javaClass.getFullName().equals(ProductCode.ROOT + "." + one)));
        DescribedPredicate<JavaAccess<?>> forbidden =
                DescribedPredicate.describe(does, access -> what.test(access.getTarget()));
        return noClasses().that(other).should().accessTargetWhere(forbidden);
    }

    private static boolean isOneOf(AccessTarget target, Class<?>... owners) {
        return Arrays.stream(owners).anyMatch(target.getOwner()::isEquivalentTo);
    }

    private static boolean isConstructor(AccessTarget target) {
        return target instanceof CodeUnitAccessTarget && target.getName().equals("<init>");
    }

    private static boolean isBareConstructor(AccessTarget target) {
        return isConstructor(target)
                && ((CodeUnitAccessTarget) target).getRawParameterTypes().isEmpty();
    }

    private static boolean takes(AccessTarget target, Class<?> parameter) {
        return target instanceof CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(parameter));
    }
}
