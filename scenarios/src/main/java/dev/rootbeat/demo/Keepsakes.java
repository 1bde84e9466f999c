package dev.rootbeat.demo;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder in which a demonstration leaves what it made, if there is one. */
final class Keepsakes {

    private static final Pattern OURS = Pattern.compile("(ca-[a-z]+(\\.crl)?|device-[0-9a-f]{16})\\.pem");

    private final @Nullable Path folder;

    private Keepsakes(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, and makes it where there is none. The certificates of an earlier demonstration are removed, so
     * that no one takes them for those of this one.
     *
     * @param folder null to keep nothing
     */
    static Keepsakes in(@Nullable Path folder) throws IOException {
        if (folder != null) {
            Files.createDirectories(folder);
            for (Path old : list(folder)) {
                if (OURS.matcher(old.getFileName().toString()).matches()) {
                    Files.delete(old);
                }
            }
        }
        return new Keepsakes(folder);
    }

    /** Opens the file for the transcript. */
    Writer transcript() throws IOException {
        return folder == null ? Writer.nullWriter() : Files.newBufferedWriter(folder.resolve("transcript.log"));
    }

    void rootCa(RelyingParty party) {
        try {
            save(
                    "ca-" + party.name() + ".pem",
                    Pem.certificate(Bytes.of(party.anchor().getEncoded())));
            save("ca-" + party.name() + ".crl.pem", Pem.crl(Bytes.of(party.crl().getEncoded())));
        } catch (CertificateEncodingException | CRLException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    void device(String uid, X509Certificate certificate) {
        try {
            save("device-" + uid + ".pem", Pem.certificate(Bytes.of(certificate.getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    private void save(String name, String text) {
        if (folder != null) {
            try {
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + folder.resolve(name) + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
