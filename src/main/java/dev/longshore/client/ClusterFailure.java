package dev.longshore.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a request to a cluster failed, on one line with what to do about it. */
public final class ClusterFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ClusterFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param server the address of the API server */
    public static ClusterFailure of(KubernetesClientException problem, String server) {
        var message =
                answer(problem).map(answered -> refused(answered, server)).orElseGet(() -> unanswered(problem, server));
        return new ClusterFailure(message, problem);
    }

    /** Whether a request may have taken effect all the same: it was sent, and its outcome is not known. */
    static boolean mayHaveTakenEffect(KubernetesClientException problem) {
        return answer(problem)
                .map(answered -> answered.getCode() == HttpURLConnection.HTTP_BAD_GATEWAY
                        || answered.getCode() == HttpURLConnection.HTTP_GATEWAY_TIMEOUT)
                .orElseGet(() -> !isBecauseOf(problem, ConnectException.class) && !isUnknownHost(problem));
    }

    private static Optional<KubernetesClientException> answer(KubernetesClientException problem) {
        return causes(problem)
                .filter(cause -> cause instanceof KubernetesClientException answered && answered.getCode() > 0)
                .map(KubernetesClientException.class::cast)
                .findFirst();
    }

    private static String refused(KubernetesClientException answer, String server) {
        return switch (answer.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the API server at " + server
                        + " rejected the credentials of the kubeconfig: log in again, or choose another --context";
            case HttpURLConnection.HTTP_FORBIDDEN -> "forbidden by the API server: " + message(answer);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                isAboutAResource(answer)
                        ? message(answer)
                        : "the API server at " + server + " does not have Longshore's CRDs: install them with"
                                + " longshore crds | kubectl apply --server-side -f -";
            default -> message(answer);
        };
    }

    /** For an unknown path, the API server returns no details. */
    private static boolean isAboutAResource(KubernetesClientException answer) {
        return answer.getStatus() != null
                && answer.getStatus().getDetails() != null
                && answer.getStatus().getDetails().getName() != null;
    }

    private static String message(KubernetesClientException answer) {
        return answer.getStatus() == null || answer.getStatus().getMessage() == null
                ? "the API server returned " + answer.getCode() + ": " + answer.getMessage()
                : answer.getStatus().getMessage();
    }

    private static String unanswered(KubernetesClientException problem, String server) {
        var file = causes(problem)
                .filter(FileSystemException.class::isInstance)
                .map(cause -> ((FileSystemException) cause).getFile())
                .findFirst();
        if (file.isPresent()) {
            return "failed to read " + file.get() + ", which the kubeconfig refers to: check its path,"
                    + " or choose another --context";
        }
        var innermost = causes(problem)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElse("unknown reason");
        return "the API server at " + server + " " + why(problem, innermost)
                + ": check that it is running, and check the kubeconfig and --context";
    }

    private static String why(Throwable problem, String innermost) {
        if (isBecauseOf(problem, HttpTimeoutException.class) || isBecauseOf(problem, TimeoutException.class)) {
            return "did not respond in time";
        }
        if (isUnknownHost(problem)) {
            return "has an unknown host name";
        }
        if (isBecauseOf(problem, SSLException.class)) {
            return "is not trusted (" + innermost + ")";
        }
        return isBecauseOf(problem, ConnectException.class)
                ? "is unreachable"
                : "did not respond as expected (" + innermost + ")";
    }

    private static boolean isUnknownHost(Throwable problem) {
        return isBecauseOf(problem, UnresolvedAddressException.class)
                || isBecauseOf(problem, UnknownHostException.class);
    }

    private static boolean isBecauseOf(Throwable problem, Class<? extends Exception> kind) {
        return causes(problem).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, cause -> cause != null, Throwable::getCause);
    }
}
