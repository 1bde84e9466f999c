package dev.rootbeat.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A fleet with certificates of 30 days and automatic renewal lives through a year of faults. */
class RoughYearTest {

    private static final long SEED = Long.getLong("rootbeat.seed", 20261123L);
    private static final int DEVICES = 60;

    @Test
    void sixty_modules_live_through_a_rough_year_and_every_promise_holds() {
        World world = rough(WorldSettings.of(SEED, DEVICES), 365);

        int billed = world.server().store().read(view -> view.billingEvents()).size();
        System.out.printf(
                "rough year: seed %d, %d log lines, %d checks, %d billed certificates%n",
                SEED, world.log().lines(), world.promises().checks(), billed);
        // Certificates of 30 days, renewed with ten left: eighteen a year, but for devices that lose their plan or are
        // revoked.
        assertThat(billed).isGreaterThan(DEVICES * 14);
    }

    /** Replies that are late or lost are the network's part here: the promises are watched at the server's door. */
    @Test
    void a_fleet_lives_through_bad_months_of_its_server_and_every_promise_holds() {
        List<Fault> chaos = Fault.CHAOS.stream()
                .filter(fault -> !Stream.of("lose-reply", "delay", "slow").anyMatch(fault.toString()::contains))
                .toList();

        World world = rough(WorldSettings.of(SEED, 20).failing(chaos), 60);

        List<Fault> struck = world.server().faults().struck();
        System.out.printf("bad months: seed %d, %d faults struck%n", SEED, struck.size());
        assertThat(struck)
                .extracting(fault -> fault.harm().toString())
                .contains("heartbeat reject", "results lose-request", "certificate wrong-key", "certificate expired");
    }

    @Test
    void one_seed_gives_one_event_log_also_in_fresh_jvms_and_without_a_compiler() throws Exception {
        String here = hash(7);

        assertThat(inFreshJvm(7, "-XX:TieredStopAtLevel=1")).isEqualTo(here);
        assertThat(inFreshJvm(7, "-Xint")).isEqualTo(here);
        assertThat(hash(8)).isNotEqualTo(here);
    }

    private static String hash(long seed) {
        return rough(WorldSettings.of(seed, 3), 21).log().hash();
    }

    private static World rough(WorldSettings settings, int days) {
        Duration span = Duration.ofDays(days);
        return Life.live(settings, Course.draw(FaultProfile.ROUGH, settings.seed(), settings.devices(), span), _ -> {});
    }

    private static String inFreshJvm(long seed, String flag) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        flag,
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrintHash.class.getName(),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().reduce("", (_, last) -> last);
    }

    /** Runs in a JVM of its own. */
    static final class PrintHash {

        private PrintHash() {}

        public static void main(String[] args) {
            System.out.println(hash(Long.parseLong(args[0])));
        }
    }
}
