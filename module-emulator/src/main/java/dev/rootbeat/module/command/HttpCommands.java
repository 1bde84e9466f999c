package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.http.HttpCall;
import dev.rootbeat.module.http.HttpClient;
import dev.rootbeat.rot.protocol.Bytes;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP client does (AT reference, section 4.3). A command succeeds when it has begun; when the answer is a file,
 * or there is none, that is told by {@code +UUHTTPCR}, whatever the status of the answer is.
 */
public final class HttpCommands {

    private static final int LAST = HttpClient.LAST;
    private static final int HEAD = 0;
    private static final int GET = 1;
    private static final int DELETE = 2;
    private static final int PUT_FILE = 3;
    private static final int POST_FILE = 4;
    private static final int POST_DATA = 5;

    private static final List<HttpMethod> METHODS = List.of(
            HttpMethod.HEAD, HttpMethod.GET, HttpMethod.DELETE, HttpMethod.PUT, HttpMethod.POST, HttpMethod.POST);

    private static final int FORM = 3;
    private static final int OWN_TYPE = 6;
    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded",
            "text/plain",
            "application/octet-stream",
            "multipart/form-data",
            "application/json",
            "application/xml");

    /** What separates the parts of a form that is made of a file. */
    private static final String BOUNDARY = "U1Blox2Http3Unique4Boundary5";

    private static final int MAX_NAME = FileStore.MAX_NAME;
    private static final int MAX_PATH = 512;
    private static final int MAX_DATA = 128;
    private static final int MAX_TYPE = 64;

    /** What a request line may have as its target (RFC 9112, section 3.2): no blanks, nothing that ends the line. */
    private static final Pattern PATH = Pattern.compile("[\\x21-\\x7e]+");

    private static final Pattern TYPE = Pattern.compile("[\\x20-\\x7e]+");

    private final HttpClient client;
    private final FileStore files;

    /** Answers for a module with this client, which sends these files. */
    public HttpCommands(HttpClient client, FileStore files) {
        this.client = client;
        this.files = files;
    }

    @AtCommand("+UHTTPC=")
    Answer ask(
            @Range(to = LAST) int profile,
            @OneOf({HEAD, GET, DELETE}) int command,
            @Length(min = 1, max = MAX_PATH) String path,
            @Length(max = MAX_NAME) String responseFile) {
        return ask(profile, command, path, responseFile, "", Bytes.EMPTY);
    }

    @AtCommand("+UHTTPC=")
    Answer sendFile(
            @Range(to = LAST) int profile,
            @OneOf({PUT_FILE, POST_FILE}) int command,
            @Length(min = 1, max = MAX_PATH) String path,
            @Length(max = MAX_NAME) String responseFile,
            @Length(min = 1, max = MAX_NAME) String file,
            @Range(to = OWN_TYPE) int type,
            @Length(min = 1, max = MAX_TYPE) @Nullable String ownType) {
        Bytes content = files.read(file);
        if (content == null) {
            return Answer.error(AtError.FILE_NOT_FOUND);
        }
        return command == POST_FILE && type == FORM
                ? ask(
                        profile,
                        command,
                        path,
                        responseFile,
                        TYPES.get(FORM) + "; boundary=" + BOUNDARY,
                        form(file, content))
                : send(profile, command, path, responseFile, content, type, ownType);
    }

    @AtCommand("+UHTTPC=")
    Answer sendData(
            @Range(to = LAST) int profile,
            @OneOf(POST_DATA) int command,
            @Length(min = 1, max = MAX_PATH) String path,
            @Length(max = MAX_NAME) String responseFile,
            @Length(max = MAX_DATA) String data,
            @Range(to = OWN_TYPE) int type,
            @Length(min = 1, max = MAX_TYPE) @Nullable String ownType) {
        return send(profile, command, path, responseFile, octets(data), type, ownType);
    }

    private Answer send(
            int profile,
            int command,
            String path,
            String responseFile,
            Bytes content,
            int type,
            @Nullable String ownType) {
        String contentType = type == OWN_TYPE ? ownType : TYPES.get(type);
        return contentType == null || !TYPE.matcher(contentType).matches()
                ? Answer.error(AtError.INCORRECT_PARAMETERS)
                : ask(profile, command, path, responseFile, contentType, content);
    }

    private Answer ask(int profile, int command, String path, String responseFile, String contentType, Bytes content) {
        if (!PATH.matcher(path).matches()) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        String file = responseFile.isEmpty() ? "http_last_response_" + profile : responseFile;
        var call = new HttpCall(command, METHODS.get(command), path, file, contentType, content);
        return client.ask(profile, call) ? Answer.OK : Answer.error(AtError.OPERATION_NOT_ALLOWED);
    }

    /** Related modules wrap a file so for a form. */
    private static Bytes form(String file, Bytes content) {
        String start = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file_post\"; filename=\"" + file
                + "\"\r\nContent-Length: " + content.size()
                + "\r\nContent-Type: application/octet-stream\r\n\r\n";
        return octets(start + new String(content.toArray(), StandardCharsets.ISO_8859_1) + "\r\n--" + BOUNDARY
                + "--\r\n\r\n");
    }

    private static Bytes octets(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @AtCommand("+UHTTPER=")
    Answer lastError(@Range(to = LAST) int profile) {
        return Answer.of("+UHTTPER: " + profile + "," + client.error(profile).numbers());
    }
}
