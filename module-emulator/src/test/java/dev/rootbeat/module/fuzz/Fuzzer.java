package dev.rootbeat.module.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer in a process of its own, with so little memory that what grows without bounds fails.
 *
 * @param folder for its inputs, what it found and its log
 * @param seed of what is drawn
 */
record Fuzzer(Path folder, long seed) {

    /** What the process has for its objects, the fuzzer's own included, in megabytes. */
    private static final int MEMORY = 512;

    /** The longest that one input may take, in seconds. */
    private static final int PATIENCE = 20;

    /** The longest input, in octets. */
    private static final int LONGEST = 2048;

    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+)");

    /**
     * What a run came to.
     *
     * @param failed whether something was found
     * @param executions how many inputs ran
     * @param edges how many edges of the control flow they went along, in all code that guides
     * @param log what the fuzzer printed
     */
    record Outcome(boolean failed, long executions, long edges, String log) {}

    /**
     * Runs.
     *
     * @param code the class with the method that it calls
     * @param guides packages besides the module's, whose edges guide too
     * @param inputs how many to run
     * @param options for the Java machine
     */
    Outcome run(String code, String guides, long inputs, String... options) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Xmx" + MEMORY + "m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + code,
                "--instrumentation_includes=dev.rootbeat.module.**" + guides,
                "--custom_hook_includes=dev.rootbeat.module.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + inputs,
                "-seed=" + seed,
                "-timeout=" + PATIENCE,
                "-rss_limit_mb=" + 4 * MEMORY,
                "-max_len=" + LONGEST,
                "-dict=" + Target.words(),
                inputs().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int exit = process.waitFor();
            String text = Files.readString(log);
            Matcher done = DONE.matcher(text);
            return done.find()
                    ? new Outcome(exit != 0, Long.parseLong(done.group(1)), Long.parseLong(done.group(2)), text)
                    : new Outcome(true, 0, 0, text);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Adds an input to begin with. */
    void begin(String name, byte[] input) throws IOException {
        Files.write(inputs().resolve(name), input);
    }

    private Path inputs() throws IOException {
        return Files.createDirectories(folder.resolve("inputs"));
    }
}
