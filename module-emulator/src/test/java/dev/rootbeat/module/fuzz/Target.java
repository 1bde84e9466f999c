package dev.rootbeat.module.fuzz;

import dev.rootbeat.module.ModuleFuzz;
import dev.rootbeat.module.at.SessionFuzz;
import dev.rootbeat.module.credential.CredentialFuzz;
import dev.rootbeat.module.mux.MultiplexerFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is fuzzed. */
enum Target {
    /** AT framing, parser and session. */
    SESSION(SessionFuzz.class, 40, ""),
    /** The multiplexer, with sessions on its channels. */
    MULTIPLEXER(MultiplexerFuzz.class, 30, ""),
    /** Credentials as a host imports them; the parser of ASN.1 guides too. */
    CREDENTIAL(CredentialFuzz.class, 28, ":org.bouncycastle.asn1.**"),
    /** A whole module with all its commands; each input takes it through many minutes. */
    MODULE(ModuleFuzz.class, 2, "");

    private static final int PERCENT = 100;
    private static final String ROOT = "/fuzz/";

    private final Class<?> code;
    private final int share;
    private final String guides;

    Target(Class<?> code, int share, String guides) {
        this.code = code;
        this.share = share;
        this.guides = guides;
    }

    /** Runs one input. */
    void run(byte[] input) {
        switch (this) {
            case SESSION -> SessionFuzz.fuzzerTestOneInput(input);
            case MULTIPLEXER -> MultiplexerFuzz.fuzzerTestOneInput(input);
            case CREDENTIAL -> CredentialFuzz.fuzzerTestOneInput(input);
            case MODULE -> ModuleFuzz.fuzzerTestOneInput(input);
        }
    }

    /** The class with the method that the fuzzer calls. */
    String className() {
        return code.getName();
    }

    /** What guides besides the module's own code. */
    String guides() {
        return guides;
    }

    /** How many of all inputs are its own. */
    long share(long all) {
        return all * share / PERCENT;
    }

    /** Its inputs among the resources: what a run begins with, and what was found. */
    List<Path> kept() {
        try (Stream<Path> files = Files.list(resource(code.getSimpleName()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Words of the languages that are fuzzed, in the form that the fuzzer reads. */
    static Path words() {
        return resource("words.dict");
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(Target.class.getResource(ROOT + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
