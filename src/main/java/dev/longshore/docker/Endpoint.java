package dev.longshore.docker;

import java.util.regex.Pattern;

/**
 * Where a daemon is.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}
 * @param tls null for a plain connection
 */
public record Endpoint(String uri, Tls tls) {
    private static final Pattern URI = Pattern.compile("unix:///.+|tcp://[^/\\s]+:[0-9]+/?");

    /** Whether a text has the form of a {@link #uri}. */
    public static boolean isUri(String text) {
        return URI.matcher(text).matches();
    }

    /**
     * Certificates in PEM, held in memory only.
     *
     * @param ca authorities that the daemon's certificate must come from; null: the machine's own
     * @param certificate the client's certificate chain, or null
     * @param key the client's private key (PKCS #1, PKCS #8 or EC), or null
     * @param verify false: any certificate and name of the daemon is accepted
     */
    public record Tls(String ca, String certificate, String key, boolean verify) {
        @Override
        public String toString() {
            return "Tls[verify=" + verify + "]";
        }
    }
}
