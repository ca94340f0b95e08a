package dev.longshore.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a cluster did not do what was asked, on one line that says what to do about it. */
public final class ClusterFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ClusterFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param server the address of the API server */
    public static ClusterFailure of(KubernetesClientException problem, String server) {
        var answer = causes(problem)
                .filter(cause -> cause instanceof KubernetesClientException answered && answered.getCode() > 0)
                .map(KubernetesClientException.class::cast)
                .findFirst();
        var message = answer.map(answered -> refused(answered, server)).orElseGet(() -> unanswered(problem, server));
        return new ClusterFailure(message, problem);
    }

    private static String refused(KubernetesClientException answer, String server) {
        var words = words(answer);
        return switch (answer.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the API server at " + server
                        + " does not accept the credentials of the kubeconfig: log in again, or choose another --context";
            case HttpURLConnection.HTTP_FORBIDDEN -> "the API server does not allow it: " + words;
            case HttpURLConnection.HTTP_NOT_FOUND ->
                isUnknownKind(words)
                        ? "Longshore's CRDs are not installed: install them: longshore crds | kubectl apply --server-side -f -"
                        : words;
            default -> words;
        };
    }

    /** What it says of a kind, not of a resource. */
    private static boolean isUnknownKind(String words) {
        return words.contains("page not found") || words.contains("could not find the requested resource");
    }

    private static String words(KubernetesClientException answer) {
        return answer.getStatus() == null || answer.getStatus().getMessage() == null
                ? "the API server answered " + answer.getCode() + ": " + answer.getMessage()
                : answer.getStatus().getMessage();
    }

    private static String unanswered(KubernetesClientException problem, String server) {
        var why = causes(problem)
                .map(ClusterFailure::why)
                .flatMap(Optional::stream)
                .findFirst();
        return why.map(words -> "the API server at " + server + " " + words
                        + ": check that it runs, and that the kubeconfig and --context are the right ones")
                .orElseGet(() -> causes(problem)
                        .reduce((outer, inner) -> inner)
                        .map(Throwable::getMessage)
                        .orElse(problem.getMessage()));
    }

    private static Optional<String> why(Throwable cause) {
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return Optional.of("does not answer in time");
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return Optional.of("has a name that is not known");
        }
        if (cause instanceof SSLException) {
            return Optional.of("could not be trusted (" + cause.getMessage() + ")");
        }
        if (cause instanceof ConnectException && cause.getCause() == null) {
            return Optional.of("cannot be connected to");
        }
        return cause instanceof IOException && cause.getCause() == null
                ? Optional.of("broke the connection (" + cause.getMessage() + ")")
                : Optional.empty();
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, cause -> cause != null, Throwable::getCause);
    }
}
