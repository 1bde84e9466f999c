package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file system of the module (AT reference, section 4.2). Of the kinds of files that real modules keep apart by tags
 * there are those of the user; the others are for what is not emulated.
 */
public final class FileCommands {

    private static final int MAX_NAME = FileStore.MAX_NAME;
    private static final int LIST = 0;
    private static final int FREE = 1;
    private static final int SIZE = 2;

    /** The tag of the user's files, which need none. */
    private static final String USER = "USER";

    /** The longest tag that any module of the manufacturer has, and some room. */
    private static final int MAX_TAG = 16;

    /** How long the module waits for data after the prompt, as related modules do. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FileStore files;

    /** Answers for a module with these files. */
    public FileCommands(FileStore files) {
        this.files = files;
    }

    /** What comes is written behind the end of a file that exists. */
    @AtCommand("+UDWNFILE=")
    Answer download(
            @Length(min = 1, max = MAX_NAME) String name,
            @Range(from = 1, to = Integer.MAX_VALUE) int octets,
            @Length(max = MAX_TAG) @Nullable String tag) {
        return ofUser(
                tag,
                () -> files.objection(name, octets)
                        .map(Answer::error)
                        .orElseGet(() -> new Answer.Prompt(
                                '>', octets, PATIENCE, AtError.FFS_TIMEOUT, content -> append(name, content))));
    }

    private Answer append(String name, byte[] content) {
        return files.append(name, content).map(Answer::error).orElse(Answer.OK);
    }

    @AtCommand("+URDFILE=")
    Answer read(@Length(min = 1, max = MAX_NAME) String name, @Length(max = MAX_TAG) @Nullable String tag) {
        return ofUser(tag, () -> with(name, content -> data("+URDFILE: ", name, content.toArray())));
    }

    /** Of a part that is not wholly in the file, what is in it is read. */
    @AtCommand("+URDBLOCK=")
    Answer read(
            @Length(min = 1, max = MAX_NAME) String name,
            @Range(to = Integer.MAX_VALUE) int offset,
            @Range(from = 1, to = Integer.MAX_VALUE) int octets,
            @Length(max = MAX_TAG) @Nullable String tag) {
        return ofUser(
                tag,
                () -> with(name, content -> {
                    int from = Math.min(offset, content.size());
                    int to = from + Math.min(octets, content.size() - from);
                    return data("+URDBLOCK: ", name, Arrays.copyOfRange(content.toArray(), from, to));
                }));
    }

    private static Answer data(String start, String name, byte[] octets) {
        return Answer.of(start + "\"" + name + "\"," + octets.length + ",\""
                + new String(octets, StandardCharsets.ISO_8859_1) + "\"");
    }

    @AtCommand({"+ULSTFILE", "+ULSTFILE="})
    Answer list() {
        String names = files.names().stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
        return Answer.of(names.isEmpty() ? "+ULSTFILE:" : "+ULSTFILE: " + names);
    }

    @AtCommand("+ULSTFILE=")
    Answer list(@OneOf(LIST) int operation, @Length(max = MAX_TAG) @Nullable String tag) {
        return ofUser(tag, this::list);
    }

    @AtCommand("+ULSTFILE=")
    Answer free(@OneOf(FREE) int operation, @Length(max = MAX_TAG) @Nullable String tag) {
        return ofUser(tag, () -> Answer.of("+ULSTFILE: " + files.free()));
    }

    @AtCommand("+ULSTFILE=")
    Answer size(
            @OneOf(SIZE) int operation,
            @Length(min = 1, max = MAX_NAME) String name,
            @Length(max = MAX_TAG) @Nullable String tag) {
        return ofUser(tag, () -> with(name, content -> Answer.of("+ULSTFILE: " + content.size())));
    }

    @AtCommand("+UDELFILE=")
    Answer delete(@Length(min = 1, max = MAX_NAME) String name, @Length(max = MAX_TAG) @Nullable String tag) {
        return ofUser(tag, () -> files.delete(name).map(Answer::error).orElse(Answer.OK));
    }

    private Answer with(String name, Function<Bytes, Answer> command) {
        Bytes content = files.read(name);
        return content == null ? Answer.error(AtError.FILE_NOT_FOUND) : command.apply(content);
    }

    private static Answer ofUser(@Nullable String tag, Supplier<Answer> command) {
        return tag == null || tag.equals(USER) ? command.get() : Answer.error(AtError.OPERATION_NOT_SUPPORTED);
    }
}
