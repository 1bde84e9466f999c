package dev.rootbeat.module.real;

import dev.rootbeat.module.Imei;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.PowerSettings;
import dev.rootbeat.module.Product;
import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.module.network.CellularNetwork;
import dev.rootbeat.options.BehaviourConverter;
import dev.rootbeat.options.DurationConverter;
import dev.rootbeat.options.MasterConverter;
import dev.rootbeat.options.UidConverter;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a module is and how it behaves, on the command line. */
final class DeviceOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--product",
            paramLabel = "TYPE",
            converter = ProductConverter.class,
            description = "The type number, such as SARA-R510M8S-01B-00, which is the default for a new module.")
    private @Nullable Product product;

    @Option(
            names = "--uid",
            paramLabel = "HEX",
            converter = UidConverter.class,
            description = "The RoTPublicUID, 16 hexadecimal digits (default: drawn).")
    private @Nullable RotPublicUid uid;

    @Option(
            names = "--imei",
            paramLabel = "DIGITS",
            converter = ImeiConverter.class,
            description = "The IMEI, 15 digits with a right check digit (default: drawn).")
    private @Nullable String imei;

    @Option(
            names = "--master",
            paramLabel = "HEX",
            converter = MasterConverter.class,
            description = "The manufacturer's master secret (default: the one for tests, which everybody knows).")
    private Bytes master = KeyHierarchy.TEST_MASTER;

    @Option(
            names = "--guard",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "After a heartbeat, refuse to force another for so long (${DEFAULT-VALUE}).")
    private Duration guard = HeartbeatSettings.DEFAULT.guard();

    @Option(
            names = "--heartbeat",
            paramLabel = "DURATION",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "Send a heartbeat so often, where the server says nothing else (${DEFAULT-VALUE}).")
    private Duration period = HeartbeatSettings.DEFAULT.period();

    @Option(
            names = "--behaviour",
            paramLabel = "CLASS",
            converter = BehaviourConverter.class,
            description = "A class on the class path that sees and may change what passes.")
    private Behaviour behaviour = Behaviour.NONE;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draw everything but keys from this seed, so that the same devices come again (default: by"
                    + " chance).")
    private @Nullable Long seed;

    @Option(
            names = "--real-times",
            description =
                    "Take as long as a module and a network do: 5 s to boot, 3 s to register, 1 s to activate data,"
                            + " 30 s to search for networks (default: at once).")
    private boolean realTimes;

    @Option(
            names = "--bit-rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Carry no more than so many bits per second each way between host and module, such as 115200"
                    + " (default: no limit).")
    private int bitRate;

    DeviceOptions() {}

    /** @throws ParameterException if so many modules cannot be these, or the times make no sense */
    HeartbeatSettings check(int count) {
        if (count > 1 && (uid != null || imei != null)) {
            throw wrong("--uid and --imei are for one module, not " + count);
        }
        if (bitRate < 0) {
            throw wrong("--bit-rate: a line cannot carry " + bitRate + " bits per second");
        }
        try {
            return HeartbeatSettings.of(period, guard);
        } catch (IllegalArgumentException e) {
            throw wrong("--heartbeat, --guard: " + e.getMessage());
        }
    }

    /** What the next module draws from. */
    Supplier<RandomGenerator> randomness() {
        if (seed == null) {
            var random = new SecureRandom();
            return () -> random;
        }
        var random = new SplittableRandom(seed);
        return random::split;
    }

    /** Makes of a module what was asked for. */
    ModuleBuilder applyTo(ModuleBuilder builder) {
        builder.master(master).behaviour(behaviour).bitRate(bitRate);
        if (realTimes) {
            builder.power(PowerSettings.USUAL).network(CellularNetwork.USUAL);
        }
        if (product != null) {
            builder.product(product);
        }
        if (uid != null) {
            builder.uid(uid);
        }
        return imei == null ? builder : builder.imei(imei);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command.commandLine(), what);
    }

    /** Reads type numbers. */
    static final class ProductConverter implements ITypeConverter<Product> {

        @Override
        public Product convert(String typeNumber) {
            try {
                return Product.of(typeNumber);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads IMEIs. */
    static final class ImeiConverter implements ITypeConverter<String> {

        @Override
        public String convert(String digits) {
            try {
                return Imei.check(digits);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
