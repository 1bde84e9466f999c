package dev.rootbeat.server;

import dev.rootbeat.options.PortConverter;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.api.RestLimits;
import dev.rootbeat.server.tls.PemFiles;
import dev.rootbeat.server.tls.TlsConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How operators are served, on the command line. */
final class RestOptions {

    private static final int DEFAULT_PORT = 8080;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            defaultValue = "" + DEFAULT_PORT,
            converter = PortConverter.class,
            description = "TCP port of the REST interface (${DEFAULT-VALUE}); 0 for any that is free.")
    private int port;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "rootbeat",
            description = "API key of the first domain (${DEFAULT-VALUE}).")
    private String apiKey = "rootbeat";

    @Option(
            names = "--api-secret",
            paramLabel = "SECRET",
            defaultValue = "rootbeat",
            description = "API secret of the first domain (${DEFAULT-VALUE}).")
    private String apiSecret = "rootbeat";

    @Option(
            names = "--calls",
            paramLabel = "NUMBER",
            description = "Accept so many API calls per second and API key (${DEFAULT-VALUE}).")
    private int calls = RestLimits.DEFAULT.callsPerSecond();

    @Option(
            names = "--tls",
            description =
                    "Serve the REST interface by TLS, with a certificate that the server makes at every start. The CA"
                            + " behind it is kept with the data.")
    private boolean tls;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "With --tls, write the certificate of that CA, which clients have to trust, into this file"
                    + " (default: server-ca.pem in the state folder).")
    private @Nullable Path ca;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Serve the REST interface by TLS with this certificate, and those that follow it in the file"
                    + " (PEM); needs --tls-key.")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The private key of that certificate (PEM, not encrypted).")
    private @Nullable Path key;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            converter = PublicUrlConverter.class,
            description =
                    "Where others reach the REST interface, such as https://ca.example: certificates name it as the"
                            + " place of their revocation list. Needed when several servers share their data, or a proxy stands in"
                            + " front (default: this server's own address).")
    private @Nullable URI publicUrl;

    RestOptions() {}

    int port() {
        return port;
    }

    /** @throws ParameterException if options do not fit together, or a file cannot be used */
    RestConfig config() {
        return new RestConfig(apiKey, apiSecret, limits(), tls(), publicUrl);
    }

    /** What the line that says that the server is ready says of TLS; nothing if the server has no CA of its own. */
    String told() {
        return tls ? " ca " + ca() : "";
    }

    private Path ca() {
        return ca == null ? StoreOption.stateFolder().resolve("server-ca.pem") : ca;
    }

    private RestLimits limits() {
        try {
            return RestLimits.DEFAULT.withCallsPerSecond(calls);
        } catch (IllegalArgumentException e) {
            throw wrong("--calls: must be positive", e);
        }
    }

    private TlsConfig tls() {
        if (certificate != null && key != null) {
            if (tls || ca != null) {
                throw wrong(
                        "--tls, --tls-ca: are about a certificate of the server's own, not that of --tls-cert", null);
            }
            try {
                return new TlsConfig.Given(PemFiles.read(certificate, key));
            } catch (IOException e) {
                throw wrong("--tls-cert, --tls-key: " + e.getMessage(), e);
            }
        }
        if (certificate != null || key != null) {
            throw wrong("--tls-cert, --tls-key: each needs the other", null);
        }
        if (tls) {
            return new TlsConfig.Own(ca());
        }
        if (ca != null) {
            throw wrong("--tls-ca: needs --tls", null);
        }
        return new TlsConfig.None();
    }

    private ParameterException wrong(String what, @Nullable Throwable cause) {
        return new ParameterException(command.commandLine(), what, cause);
    }

    /** Reads the URL of a REST interface; it has no slash at its end then. */
    static final class PublicUrlConverter implements ITypeConverter<URI> {

        @Override
        public URI convert(String text) {
            try {
                URI url = URI.create(text.replaceFirst("/+$", ""));
                boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                if (isHttp
                        && url.getHost() != null
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null
                        && url.getRawUserInfo() == null) {
                    return url;
                }
            } catch (IllegalArgumentException e) {
                // said below
            }
            throw new TypeConversionException(
                    "a public URL is http://HOST or https://HOST, perhaps with a port and a path, not \"" + text
                            + "\"");
        }
    }
}
