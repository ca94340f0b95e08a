package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveException.Cause;
import dev.longshore.archive.ArchiveOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what is wrong with the store, and what to do. Never in the store's own words: they may repeat what was sent. */
final class S3Failures {
    private static final Set<String> REGIONS = Set.of(
            "PermanentRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException",
            "TemporaryRedirect");
    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "TokenRefreshRequired");
    private static final Set<String> FULL = Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientStorage");
    private static final String NO_RESPONSE = "no response in time: check the store and the network";
    private static final int CAUSES = 20;
    private static final int LONGEST_CODE = 64;
    private static final int MOVED = 301;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;
    private static final int FULL_STATUS = 507;

    private final ArchiveOptions options;

    S3Failures(ArchiveOptions options) {
        this.options = options;
    }

    /** @throws ArchiveException in place of what the library or the connection throws */
    <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException | UncheckedIOException e) {
            throw explain(e);
        }
    }

    String message(String problem) {
        return "log archive " + options.uri() + ": " + problem;
    }

    ArchiveException noRegion(Exception e) {
        return failed(Cause.FAILED, "no region: set --log-archive-region to that of the bucket", e);
    }

    private ArchiveException explain(RuntimeException e) {
        return first(e, ArchiveException.class)
                .or(() -> first(e, AwsServiceException.class).map(this::ofResponse))
                .orElseGet(() -> ofConnection(e));
    }

    /** The outermost cause of this type. */
    private static <T> Optional<T> first(Throwable e, Class<T> type) {
        return Stream.iterate(e, each -> each != null, Throwable::getCause)
                .limit(CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private ArchiveException ofResponse(AwsServiceException e) {
        var status = e.statusCode();
        var code = code(e);
        var shown = code.isEmpty() ? "HTTP status " + status : code;
        if (code.equals("NoSuchBucket")) {
            return failed(Cause.NOT_FOUND, "the bucket does not exist: create it, or check the name", null);
        }
        if (REGIONS.contains(code) || status == MOVED) {
            return failed(Cause.FAILED, "the bucket is in another region: set --log-archive-region to its own", null);
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return failed(Cause.FAILED, "the clock of this machine is wrong: set it", null);
        }
        if (CREDENTIALS.contains(code) || status == UNAUTHORIZED || status == FORBIDDEN) {
            return failed(
                    Cause.DENIED,
                    "access denied (" + shown + "): check the credentials and their permissions for the bucket",
                    null);
        }
        if (FULL.contains(code) || status == FULL_STATUS) {
            return failed(
                    Cause.NO_SPACE, "no space left (" + shown + "): delete old logs, or raise the store's quota", null);
        }
        return status >= SERVER || status == TOO_MANY || code.equals("RequestTimeout")
                ? failed(Cause.UNAVAILABLE, "the store is unavailable (" + shown + ")", null)
                : failed(Cause.FAILED, "the store refuses the request (" + shown + ")", null);
    }

    /** Of the store's choice, as all else in a response. */
    private static String code(AwsServiceException e) {
        var code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code != null && code.length() <= LONGEST_CODE && code.chars().allMatch(Character::isLetterOrDigit)
                ? code
                : "";
    }

    private ArchiveException ofConnection(RuntimeException e) {
        var where = options.endpoint().map(endpoint -> " to " + endpoint).orElse("");
        return Stream.of(
                        cause(e, AbortedException.class, lost -> "interrupted"),
                        cause(e, InterruptedException.class, lost -> "interrupted"),
                        cause(
                                e,
                                UnknownHostException.class,
                                lost -> "host not found: check --log-archive-endpoint, --log-archive-region and DNS"),
                        cause(
                                e,
                                SSLException.class,
                                lost -> "TLS connection" + where + " failed: " + lost.getMessage()),
                        cause(e, ApiCallTimeoutException.class, lost -> NO_RESPONSE),
                        cause(e, ApiCallAttemptTimeoutException.class, lost -> NO_RESPONSE),
                        cause(e, SocketTimeoutException.class, lost -> NO_RESPONSE),
                        cause(
                                e,
                                ConnectException.class,
                                lost -> "connection" + where + " failed: " + lost.getMessage()
                                        + ": check that the store is running"),
                        cause(e, IOException.class, lost -> "connection" + where + " lost: " + lost.getMessage()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(problem -> failed(Cause.UNAVAILABLE, problem, e))
                .orElseGet(() ->
                        failed(Cause.FAILED, "request failed: " + e.getClass().getSimpleName(), e));
    }

    private static <T extends Throwable> Optional<String> cause(
            RuntimeException e, Class<T> type, Function<T, String> problem) {
        return first(e, type).map(problem);
    }

    private ArchiveException failed(Cause why, String problem, Exception cause) {
        return new ArchiveException(why, message(problem), cause);
    }
}
