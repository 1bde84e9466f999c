package dev.rootbeat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a repository of its own with a Java and a Maven that only tell how they are called. */
class LauncherTest {

    private static final List<String> TOOLS =
            List.of("bash", "cat", "date", "find", "ln", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "tail");

    /** Waits, if it is told to, until it may go on; fails, if it is told to. */
    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo "JAVA_HOME=$JAVA_HOME" >> "$STATE/built"
            for i in {1..300}; do [ -e "$STATE/hold" ] || break; sleep 0.1; done
            if [ -e "$STATE/fail" ]; then echo "[ERROR] a semicolon is missing"; exit 1; fi
            for argument; do
                case $argument in -Drootbeat.app=*) cat /dev/null > "${argument#*=}/scenarios.jar" ;; esac
            done
            """;

    /** Keeps what it found out, if it is asked to; fails then, if it is told to. */
    private static final String JAVA = """
            #!/usr/bin/env bash
            for argument; do
                case $argument in
                    -XX:AOTCacheOutput=*) cat /dev/null > "${argument#*=}"; [ ! -e "$STATE/untrainable" ]; exit ;;
                esac
            done
            echo "$0"; printf '<%s>' "$@"; echo
            """;

    /** What a launcher that ended has said. */
    private record Run(int code, String out, String err) {}

    @TempDir
    Path folder;

    private final Map<String, String> environment = new TreeMap<>();
    private Path repository;
    private Path source;
    private Path scenarios;
    private Path jdk;

    @BeforeEach
    void make_a_repository_with_spaces_in_its_path() throws IOException {
        assumeTrue(Stream.of("/bin", "/usr/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, "bash"))), "no bash");
        repository = Files.createDirectories(folder.resolve("my own repository"));
        source = repository.resolve("rot-sim/src/main/Source.java");
        scenarios = repository.resolve("scenarios/features/some.feature");
        Files.createDirectories(source.getParent());
        Files.createDirectories(scenarios.getParent());
        for (Path file :
                List.of(source, scenarios, repository.resolve("pom.xml"), repository.resolve("rot-sim/pom.xml"))) {
            Files.createFile(file);
        }
        String script = Files.readString(Path.of("..", "rootbeat"))
                .replace("/usr/lib/jvm/*", "'" + folder + "/jvm'/*")
                .replace("/opt/*", "");
        executable(repository.resolve("rootbeat"), script);
        jdk = jdk("jvm/new", "25.0.1");
        Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Stream.of("/bin", "/usr/bin")
                    .map(bin -> Path.of(bin, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(folder.resolve("bin").resolve(tool), real);
        }
        executable(folder.resolve("bin/mvn"), MAVEN);
        environment.put("PATH", folder.resolve("bin").toString());
        environment.put("STATE", folder.toString());
        environment.put("HOME", folder.resolve("home").toString());
    }

    @Test
    void it_builds_once_and_starts_java_with_all_jars_and_the_arguments_as_they_are() throws Exception {
        Run first = run("psk", "a b", "");
        Run second = run("psk", "a b", "");

        assertThat(first.code).isZero();
        assertThat(first.err).contains("building Rootbeat, once").contains("built in");
        assertThat(first.out)
                .startsWith(jdk + "/bin/java\n")
                .contains("<--enable-native-access=ALL-UNNAMED>")
                .endsWith("/*><dev.rootbeat.cli.Rootbeat><psk><a b><>\n");
        assertThat(second).isEqualTo(new Run(0, first.out, ""));
        assertThat(builds()).containsExactly("JAVA_HOME=" + jdk);
    }

    @Test
    void it_starts_java_from_what_a_first_module_found_out() throws Exception {
        assertThat(run("module").out).contains("<-XX:AOTCache=" + app() + "/classes.aot>");
    }

    @Test
    void it_starts_java_from_nothing_where_a_first_module_fails() throws Exception {
        Files.createFile(folder.resolve("untrainable"));

        Run run = run("module");

        assertThat(run.code).isZero();
        assertThat(run.out).contains("<module>").doesNotContain("AOTCache");
    }

    @Test
    void it_builds_again_after_a_source_a_scenario_or_a_pom_has_changed_or_a_source_is_gone() throws Exception {
        run("demo");
        touch(source);
        assertThat(run("demo").err).contains("built in");
        // The build that follows is as old as the change: only the next change may count.
        age();
        touch(scenarios);
        assertThat(run("demo").err).contains("built in");
        age();
        touch(repository.resolve("rot-sim/pom.xml"));
        assertThat(run("demo").err).contains("built in");
        age();
        Files.delete(source);
        assertThat(run("demo").err).contains("built in");
    }

    @Test
    void a_command_that_runs_keeps_its_jars_when_the_next_one_builds() throws Exception {
        run("demo");
        Path before = app();
        touch(source);
        run("demo");

        assertThat(app()).isNotEqualTo(before);
        assertThat(before.resolve("scenarios.jar")).exists();
    }

    @Test
    void it_works_through_a_symbolic_link_from_another_folder() throws Exception {
        Path link = folder.resolve("bin/rb");
        Files.createSymbolicLink(link, Path.of("..", "my own repository", "rootbeat"));

        Run run = run(folder.resolve("bin"), link, "demo");

        assertThat(run.code).isZero();
        assertThat(run.out).contains("<" + repository.toRealPath() + "/.rootbeat/app.");
    }

    @Test
    void classes_from_outside_come_last_on_the_class_path() throws Exception {
        environment.put("CLASSPATH", "/some/where");

        assertThat(run("demo").out).contains("/*:/some/where><dev.rootbeat.cli.Rootbeat>");
    }

    @Test
    void an_old_java_that_is_the_default_is_passed_over() throws Exception {
        Path old = jdk("old", "17.0.15");
        environment.put("JAVA_HOME", old.toString());
        environment.put("PATH", old.resolve("bin") + ":" + environment.get("PATH"));

        assertThat(run("demo").out).startsWith(jdk + "/bin/java\n");
        assertThat(builds()).as("Maven runs on the new one").containsExactly("JAVA_HOME=" + jdk);
    }

    @Test
    void the_java_on_the_path_is_found_behind_its_symbolic_link() throws Exception {
        Path elsewhere = jdk("else where", "26");
        Files.createSymbolicLink(folder.resolve("bin/java"), elsewhere.resolve("bin/java"));

        assertThat(run("demo").out).startsWith(elsewhere + "/bin/java\n");
    }

    @Test
    void the_java_that_is_named_is_taken_or_refused() throws Exception {
        Path named = jdk("named", "27-ea");
        environment.put("ROOTBEAT_JAVA_HOME", named.toString());
        assertThat(run("demo").out).startsWith(named + "/bin/java\n");

        environment.put("ROOTBEAT_JAVA_HOME", jdk("old", "24.0.2").toString());
        assertThat(run("demo"))
                .isEqualTo(
                        new Run(3, "", "rootbeat: ROOTBEAT_JAVA_HOME=" + folder + "/old is not a JDK 25 or newer\n"));
    }

    @Test
    void without_a_jdk_it_says_where_it_looked_and_what_to_do() throws Exception {
        Files.delete(jdk.resolve("bin/javac"));

        Run run = run("demo");

        assertThat(run.code).isEqualTo(3);
        assertThat(run.err)
                .contains("no JDK 25 or newer found in ROOTBEAT_JAVA_HOME, JAVA_HOME, on the PATH")
                .contains("install one");
    }

    @Test
    void without_maven_it_says_so_only_where_it_has_to_build() throws Exception {
        run("demo");
        Files.delete(folder.resolve("bin/mvn"));
        assertThat(run("demo").code).isZero();

        touch(source);
        Run run = run("demo");
        assertThat(run.code).isEqualTo(3);
        assertThat(run.err).contains("there is no mvn on the PATH").contains("install it");
    }

    @Test
    void a_build_that_fails_shows_the_end_of_its_log_and_is_tried_again() throws Exception {
        Files.createFile(folder.resolve("fail"));

        Run run = run("demo");

        assertThat(run.code).isEqualTo(3);
        assertThat(run.err)
                .contains("[ERROR] a semicolon is missing")
                .contains("the build failed")
                .contains("/.rootbeat/build.log");
        Files.delete(folder.resolve("fail"));
        assertThat(run("demo").code).isZero();
    }

    @Test
    void two_at_once_build_once() throws Exception {
        Files.createFile(folder.resolve("hold"));
        Process one = start(repository, repository.resolve("rootbeat"), "psk");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(folder.resolve("built")));
        Process other = start(repository, repository.resolve("rootbeat"), "psk");
        try (var err = other.errorReader()) {
            assertThat(err.readLine()).endsWith("builds; waiting …");
        }
        Files.delete(folder.resolve("hold"));

        assertThat(List.of(one.waitFor(), other.waitFor())).containsExactly(0, 0);
        assertThat(builds()).hasSize(1);
        assertThat(repository.resolve(".rootbeat/lock")).doesNotExist();
    }

    @Test
    void the_lock_of_a_launcher_that_was_killed_is_taken_over() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(repository.resolve(".rootbeat"));
        Files.createSymbolicLink(repository.resolve(".rootbeat/lock"), Path.of("" + gone.pid()));

        assertThat(run("demo").code).isZero();
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        return run(repository, repository.resolve("rootbeat"), arguments);
    }

    private Run run(Path from, Path launcher, String... arguments) throws IOException, InterruptedException {
        Process process = start(from, launcher, arguments);
        try (var out = process.inputReader();
                var err = process.errorReader()) {
            return new Run(process.waitFor(), out.readAllAsString(), err.readAllAsString());
        }
    }

    private Process start(Path from, Path launcher, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(folder.resolve("built"));
    }

    private Path app() throws IOException {
        return repository
                .resolve(".rootbeat")
                .resolve(Files.readString(repository.resolve(".rootbeat/current"))
                        .strip());
    }

    /** Makes the last build older than everything that happens from now on, however coarse the file system's clock. */
    private void age() throws IOException {
        FileTime past = FileTime.from(Instant.now().minusSeconds(10));
        try (Stream<Path> all = Files.walk(repository)) {
            for (Path each : all.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Files.setLastModifiedTime(each, past);
            }
        }
    }

    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/java"), JAVA);
        executable(home.resolve("bin/javac"), "");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
