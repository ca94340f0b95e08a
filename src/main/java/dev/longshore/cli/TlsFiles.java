package dev.longshore.cli;

import dev.longshore.docker.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Certificates for an endpoint, by the names of docker's own options. A mixin. */
final class TlsFiles {
    @Option(
            names = "--tlscacert",
            paramLabel = "FILE",
            description = "Connect by TLS, and trust certificates signed by this CA. Default: the system's CAs.")
    private Path authority;

    @Option(names = "--tlscert", paramLabel = "FILE", description = "Client certificate, for TLS.")
    private Path certificate;

    @Option(names = "--tlskey", paramLabel = "FILE", description = "Private key of the client certificate.")
    private Path key;

    void requireNone(String why) {
        if (isAnyGiven()) {
            throw new IllegalArgumentException("--tlscacert, --tlscert and --tlskey require a tcp:// endpoint: " + why);
        }
    }

    private boolean isAnyGiven() {
        return Stream.of(authority, certificate, key).anyMatch(Objects::nonNull);
    }

    /** Null without TLS. */
    Endpoint.Tls read() {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tlscert and --tlskey must be used together");
        }
        return isAnyGiven() ? new Endpoint.Tls(text(authority), text(certificate), text(key), true) : null;
    }

    private static String text(Path file) {
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("failed to read " + file, e);
        }
    }
}
