package dev.rootbeat.server.billing;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server (RFC 5321) to hand mail to.
 *
 * @param host its name or address
 * @param port its TCP port
 * @param tls whether it speaks TLS from the first octet (RFC 8314, section 3.3)
 * @param user who signs in; null for nobody. With a user and without TLS from the start, STARTTLS is required
 * @param password the user's password
 */
public record MailServer(
        String host,
        int port,
        boolean tls,
        @Nullable String user,
        @Nullable String password) {

    private static final int SMTP = 25;
    private static final int SMTPS = 465;
    private static final String SHAPE =
            "a mail server is smtp://HOST[:PORT] or smtps://HOST[:PORT], with USER:PASSWORD@"
                    + " before the host where it wants that";

    /**
     * Reads {@code smtp://host}, {@code smtps://user:password@host:465} and the like.
     *
     * @throws IllegalArgumentException if the text is anything else; the message does not repeat it, as it may hold a
     *     password
     */
    public static MailServer parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(SHAPE);
        }
        boolean tls = "smtps".equals(uri.getScheme());
        String[] user =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        boolean known = tls || "smtp".equals(uri.getScheme());
        boolean more = uri.getQuery() != null || uri.getFragment() != null || !"".equals(uri.getPath());
        if (!known || more || uri.getHost() == null || user.length == 1) {
            throw new IllegalArgumentException(SHAPE);
        }
        int port = uri.getPort() == -1 ? (tls ? SMTPS : SMTP) : uri.getPort();
        return new MailServer(
                uri.getHost(), port, tls, user.length == 0 ? null : user[0], user.length == 0 ? null : user[1]);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return (tls ? "smtps://" : "smtp://") + host + ":" + port;
    }
}
