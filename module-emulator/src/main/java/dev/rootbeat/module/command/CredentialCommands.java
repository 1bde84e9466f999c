package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.credential.CertificateSummary;
import dev.rootbeat.module.credential.CredentialLimits;
import dev.rootbeat.module.credential.CredentialReader;
import dev.rootbeat.module.credential.CredentialReader.Read;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.credential.CredentialStore.Place;
import dev.rootbeat.module.credential.CredentialType;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.rot.protocol.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credentials of the host (AT reference, section 2.5). */
public final class CredentialCommands {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialCommands.class);
    private static final int LAST_TYPE = 5;
    private static final int IMPORT = 0;
    private static final int IMPORT_FILE = 1;
    private static final int DELETE = 2;
    private static final int LIST = 3;
    private static final int DIGEST = 4;

    /** How long the module waits for the credential after the prompt (AT reference, section 1.5). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For a name that is unknown; the one that was seen from a real module, a SARA-R422 (AT reference, section 1.7). */
    private static final AtError UNKNOWN_NAME = AtError.OPERATION_NOT_SUPPORTED;

    private final CredentialStore credentials;
    private final FileStore files;

    /** Answers for a module with these credentials, which can be imported from its files. */
    public CredentialCommands(CredentialStore credentials, FileStore files) {
        this.credentials = credentials;
        this.files = files;
    }

    @AtCommand("+USECMNG=")
    Answer importOctets(
            @OneOf(IMPORT) int operation,
            @Range(to = LAST_TYPE) int type,
            @Length(min = 1, max = CredentialLimits.LONGEST_NAME) String name,
            @Range(from = 1, to = Integer.MAX_VALUE) int octets,
            @Length(max = CredentialLimits.LONGEST_PASSWORD) @Nullable String password) {
        if (isTooLong(name, password)) {
            return Answer.error(AtError.TEXT_TOO_LONG);
        }
        if (octets > credentials.limits().octets()) {
            return Answer.error(AtError.IMPORT_SIZE_EXCEEDED);
        }
        return new Answer.Prompt(
                '>',
                octets,
                PATIENCE,
                AtError.IMPORT_TIMEOUT,
                content -> store(IMPORT, new Place(CredentialType.of(type), name), content, password));
    }

    @AtCommand("+USECMNG=")
    Answer importFile(
            @OneOf(IMPORT_FILE) int operation,
            @Range(to = LAST_TYPE) int type,
            @Length(min = 1, max = CredentialLimits.LONGEST_NAME) String name,
            @Length(min = 1, max = FileStore.MAX_NAME) String file,
            @Length(max = CredentialLimits.LONGEST_PASSWORD) @Nullable String password) {
        if (isTooLong(name, password)) {
            return Answer.error(AtError.TEXT_TOO_LONG);
        }
        Bytes content = files.read(file);
        if (content == null) {
            return Answer.error(AtError.FILE_NOT_FOUND);
        }
        return content.size() > credentials.limits().octets()
                ? Answer.error(AtError.IMPORT_SIZE_EXCEEDED)
                : store(IMPORT_FILE, new Place(CredentialType.of(type), name), content.toArray(), password);
    }

    private boolean isTooLong(String name, @Nullable String password) {
        return name.length() > credentials.limits().name()
                || (password != null && password.length() > credentials.limits().password());
    }

    private Answer store(int operation, Place place, byte[] content, @Nullable String password) {
        return switch (CredentialReader.read(place.type(), content, password)) {
            case Read.Good(Bytes der) ->
                credentials.put(place, der).map(Answer::error).orElseGet(() -> digest(operation, place, der));
            case Read.Bad(String reason) -> {
                LOG.info("{} \"{}\" is refused: {}", place.type(), place.name(), reason);
                yield Answer.error(AtError.IMPORT_BAD_FORMAT);
            }
        };
    }

    @AtCommand("+USECMNG=")
    Answer delete(
            @OneOf(DELETE) int operation,
            @Range(to = LAST_TYPE) int type,
            @Length(min = 1, max = CredentialLimits.LONGEST_NAME) String name) {
        Place place = new Place(CredentialType.of(type), name);
        return credentials.find(place) == null
                ? Answer.error(UNKNOWN_NAME)
                : credentials.remove(place).map(Answer::error).orElse(Answer.OK);
    }

    @AtCommand("+USECMNG=")
    Answer list(@OneOf(LIST) int operation) {
        var lines = new ArrayList<String>();
        credentials.all().forEach((place, der) -> lines.add(line(place, der)));
        return new Answer.Done(List.copyOf(lines), () -> {});
    }

    private static String line(Place place, Bytes der) {
        String line = place.type().code() + ",\"" + place.name() + "\"";
        return switch (place.type()) {
            case ROOT_CA, CLIENT_CERTIFICATE -> {
                CertificateSummary summary = CertificateSummary.of(der);
                yield line + ",\"" + summary.subject() + "\",\"" + summary.expiry() + "\"";
            }
            case CLIENT_KEY, SERVER_CERTIFICATE, SIGNATURE_CERTIFICATE, SIGNATURE_KEY -> line;
        };
    }

    @AtCommand("+USECMNG=")
    Answer digest(
            @OneOf(DIGEST) int operation,
            @Range(to = LAST_TYPE) int type,
            @Length(min = 1, max = CredentialLimits.LONGEST_NAME) String name) {
        Place place = new Place(CredentialType.of(type), name);
        Bytes der = credentials.find(place);
        return der == null ? Answer.error(UNKNOWN_NAME) : digest(operation, place, der);
    }

    private static Answer digest(int operation, Place place, Bytes der) {
        return Answer.of("+USECMNG: " + operation + "," + place.type().number() + ",\"" + place.name() + "\",\""
                + CredentialStore.md5(der) + "\"");
    }
}
