package dev.longshore.proxy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Selects the proxy for a server by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, like kubectl: none for loopback. The client libraries
 * themselves would use the proxy for loopback, and match NO_PROXY by a name's suffix only, or by patterns of their own.
 */
public final class Proxies {
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "socks5", 1080, "socks5h", 1080);
    /** An address and no name: a name must not be asked of DNS here. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    private Proxies() {}

    /**
     * The proxy's address with its port, and with credentials where it has them.
     *
     * @throws IllegalArgumentException naming the variable without a valid proxy address
     */
    public static Optional<String> to(URI server, Map<String, String> environment) {
        var variable = server.getScheme().toUpperCase(Locale.ROOT) + "_PROXY";
        var proxy = value(variable, environment);
        return proxy.isEmpty() || isDirect(server, value("NO_PROXY", environment))
                ? Optional.empty()
                : Optional.of(complete(proxy, variable));
    }

    private static String value(String variable, Map<String, String> environment) {
        return Stream.of(variable, variable.toLowerCase(Locale.ROOT))
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String complete(String proxy, String variable) {
        try {
            var uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
            var port = uri.getPort() < 0
                    ? PORTS.get(uri.getScheme().toLowerCase(Locale.ROOT))
                    : Integer.valueOf(uri.getPort());
            if (uri.getHost() != null && port != null && PORTS.containsKey(uri.getScheme())) {
                return new URI(uri.getScheme(), uri.getUserInfo(), uri.getHost(), port, null, null, null).toString();
            }
        } catch (URISyntaxException e) {
            // Without the cause: it quotes what may have a password in it.
        }
        throw new IllegalArgumentException(
                variable + " is not a valid proxy URL: must be like http://proxy.example.com:3128");
    }

    private static boolean isDirect(URI server, String exceptions) {
        var host = host(server).toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", "");
        var address = address(host);
        if (host.equals("localhost")
                || address.filter(InetAddress::isLoopbackAddress).isPresent()) {
            return true;
        }
        var port = server.getPort() < 0 ? PORTS.getOrDefault(server.getScheme(), -1) : server.getPort();
        return Arrays.stream(exceptions.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(exception -> !exception.isEmpty())
                .anyMatch(exception -> exception.equals("*") || matches(exception, host, address, port));
    }

    /** Java knows none where there is an underscore in it. */
    private static String host(URI server) {
        return server.getHost() != null
                ? server.getHost()
                : server.getRawAuthority().replaceFirst(":[0-9]*$", "");
    }

    private static boolean matches(String exception, String host, Optional<InetAddress> address, int port) {
        var slash = exception.indexOf('/');
        if (slash >= 0) {
            return address.isPresent()
                    && isIn(address.get(), address(exception.substring(0, slash)), exception.substring(slash + 1));
        }
        var colon = exception.lastIndexOf(':');
        var named = exception;
        if (colon >= 0 && address(exception).isEmpty()) {
            if (!exception.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            named = exception.substring(0, colon);
        }
        named = named.replaceAll("^\\[|\\]$", "").replaceFirst("^\\*(?=\\.)", "");
        if (address(named).isPresent()) {
            return address.equals(address(named));
        }
        return named.startsWith(".") ? host.endsWith(named) : host.equals(named) || host.endsWith("." + named);
    }

    private static boolean isIn(InetAddress address, Optional<InetAddress> network, String bits) {
        if (network.isEmpty()
                || network.get().getAddress().length != address.getAddress().length
                || !bits.matches("[0-9]{1,3}")) {
            return false;
        }
        var others = address.getAddress().length * Byte.SIZE - Integer.parseInt(bits);
        return others >= 0
                && number(address)
                        .shiftRight(others)
                        .equals(number(network.get()).shiftRight(others));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return ADDRESS.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
