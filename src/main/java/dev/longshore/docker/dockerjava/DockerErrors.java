package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.longshore.docker.AnswerTooLongException;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.ImageNotFoundException;
import dev.longshore.docker.transport.TlsFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Turns whatever a call may throw into one of our exceptions, in words for those who own the daemon. */
final class DockerErrors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 1000;
    private static final Pattern OTHER_VERSION = Pattern.compile("client version [0-9.]{1,20} is too (old|new)\\b");
    private static final String NOT_DOCKER = " does not respond like a Docker daemon";

    private final Endpoint endpoint;

    DockerErrors(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** For log lines. */
    String host() {
        return endpoint.uri();
    }

    <T> T translate(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw of(e);
        }
    }

    void translate(Runnable call) {
        translate(() -> {
            call.run();
            return null;
        });
    }

    DockerException of(Throwable failure) {
        if (failure instanceof DockerException ours) {
            return ours;
        }
        if (failure instanceof com.github.dockerjava.api.exception.DockerException refused) {
            return refused(refused);
        }
        var tls = TlsFailures.explain(failure);
        if (tls.isPresent()) {
            return new DockerUnavailableException(
                    DockerUnavailableException.Cause.TLS_INVALID, endpoint.uri() + ": " + tls.get(), failure);
        }
        return unreachable(explain(failure), failure);
    }

    DockerUnavailableException unreachable(String message, Throwable cause) {
        return new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, message, cause);
    }

    private DockerException refused(com.github.dockerjava.api.exception.DockerException refused) {
        var body = refused.getMessage() == null ? "" : refused.getMessage();
        var message = message(body);
        if (message.isEmpty()) {
            return garbage(refused.getHttpStatus(), body, refused);
        }
        if (isOfOtherVersion(message.get())) {
            return new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNSUPPORTED_API,
                    endpoint.uri() + ": the daemon has changed its API versions, connecting again: " + message.get(),
                    refused);
        }
        if (refused instanceof NotFoundException && isImageMissing(message.get())) {
            return new ImageNotFoundException(message.get(), refused);
        }
        return new DockerRefusedException(refused.getHttpStatus(), message.get(), refused);
    }

    /**
     * Whether the daemon refuses the API version that was agreed on, such as after an upgrade: that says nothing of the request.
     * The words come before anything that a request may quote.
     */
    private static boolean isOfOtherVersion(String message) {
        return OTHER_VERSION.matcher(message).lookingAt();
    }

    /** Those with a containerd image store say that an image does not provide a platform, the others that it does not match. */
    private static boolean isImageMissing(String message) {
        var lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("no such image")
                || lower.contains("does not match the specified platform")
                || lower.contains("does not provide the specified platform");
    }

    /** A daemon responds with {@code {"message": "…"}}; docker-java puts the status before it. */
    static Optional<String> message(String body) {
        var start = body.indexOf('{');
        if (start < 0) {
            return Optional.empty();
        }
        try {
            var message = JSON.readTree(body.substring(start)).path("message");
            return message.isTextual() ? Optional.of(shorten(message.textValue().strip())) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    DockerUnavailableException garbage(int status, String body, Throwable cause) {
        if (body.contains("HTTP request to an HTTPS server")) {
            return new DockerUnavailableException(
                    DockerUnavailableException.Cause.TLS_INVALID,
                    endpoint.uri() + " requires TLS: set spec.tls to a Secret with its certificates",
                    cause);
        }
        return unreachable(endpoint.uri() + NOT_DOCKER + " (HTTP status " + status + "): check spec.endpoint", cause);
    }

    private String explain(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var known = Stream.of(notReached(cause), notAnswered(cause))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (known.isPresent()) {
                return endpoint.uri() + known.get();
            }
        }
        return endpoint.uri() + ": " + root(failure);
    }

    /** Where the request has not got to a daemon. */
    private static Optional<String> notReached(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return Optional.of(": no such host: check spec.endpoint");
        }
        if (cause instanceof NoRouteToHostException) {
            return Optional.of(": no route to host");
        }
        if (cause instanceof AccessDeniedException || mentions(cause, "permission denied")) {
            return Optional.of(
                    ": permission denied: add the user that runs Longshore to the docker group, or use sudo");
        }
        if (mentions(cause, "no such file")) {
            return Optional.of(
                    ": no such socket: start the Docker daemon, or Podman's podman.socket, or check spec.endpoint");
        }
        if (cause instanceof ConnectException || mentions(cause, "connection refused")) {
            return Optional.of(": connection refused: start the Docker daemon or check spec.endpoint");
        }
        return Optional.empty();
    }

    /** Where what answered, or did not, may be no Docker daemon. */
    private static Optional<String> notAnswered(Throwable cause) {
        if (cause instanceof SocketTimeoutException) {
            return Optional.of(": timed out: check spec.endpoint, and that a Docker daemon is running there");
        }
        if (cause instanceof NoHttpResponseException) {
            return Optional.of(": connection closed without an HTTP response: check spec.endpoint");
        }
        if (cause instanceof ConnectionClosedException || cause instanceof ClosedChannelException) {
            return Optional.of(": connection closed in the middle of a response");
        }
        if (cause instanceof AnswerTooLongException || cause instanceof MessageConstraintException) {
            return Optional.of(NOT_DOCKER + ": " + cause.getMessage());
        }
        if (cause instanceof JsonProcessingException
                || cause instanceof org.apache.hc.core5.http.ProtocolException
                || cause instanceof IllegalArgumentException
                || cause instanceof NullPointerException
                || cause instanceof ClassCastException) {
            return Optional.of(NOT_DOCKER + ": check spec.endpoint");
        }
        return Optional.empty();
    }

    private static boolean mentions(Throwable failure, String message) {
        return failure instanceof IOException
                && !(failure instanceof JsonProcessingException)
                && failure.getMessage() != null
                && failure.getMessage().toLowerCase(Locale.ROOT).contains(message);
    }

    private static String root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null
                && (root instanceof UncheckedIOException || root.getClass() == RuntimeException.class)) {
            root = root.getCause();
        }
        var message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : shorten(message);
    }

    static String shorten(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }
}
