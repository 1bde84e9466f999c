package dev.rootbeat.server.event;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where webhooks may lead, so that nobody makes the server call what only the server can reach: to the machine itself,
 * by a loopback address or the name {@code localhost}, and to hosts that were allowed. What is not allowed is never
 * looked up, so no name service can lead the server astray: a name other than these is refused whatever it stands for,
 * and an allowed name is trusted with its name service.
 */
public final class Targets {

    private static final String LOCALHOST = "localhost";

    private final List<String> allowed;

    /**
     * Allows hosts.
     *
     * @param allowed names and addresses, as they stand in URLs; an IPv6 address may have brackets
     */
    public Targets(Collection<String> allowed) {
        this.allowed = allowed.stream().map(Targets::canonical).toList();
    }

    /** Returns why no webhook may lead to a URL; nothing if it may. */
    public Optional<String> problem(String url) {
        try {
            return Optional.ofNullable(problem(new URI(url)));
        } catch (URISyntaxException e) {
            return Optional.of("is no URL");
        }
    }

    private @Nullable String problem(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            return "must begin with http:// or https://";
        }
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return "must have a host, and neither a user nor a fragment";
        }
        String host = canonical(url.getHost());
        return host.equals(LOCALHOST) || isLoopback(host) || allowed.contains(host)
                ? null
                : "leads to a host that this server does not allow: it allows loopback addresses, and what it was"
                        + " started with";
    }

    private static boolean isLoopback(String host) {
        InetAddress address = addressOrNull(host);
        return address != null && address.isLoopbackAddress();
    }

    /** One form of each address and each name. */
    private static String canonical(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        InetAddress address = addressOrNull(bare);
        return address == null ? bare.toLowerCase(Locale.ROOT) : address.getHostAddress();
    }

    /** Never asks a name service. */
    private static @Nullable InetAddress addressOrNull(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
