package dev.longshore.archive.s3;

import static dev.longshore.archive.s3.S3ArchiveIT.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.LogArchive;
import dev.longshore.testing.S3Server;
import dev.longshore.testing.StoreRelay;
import dev.longshore.testing.StoreRelay.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a store can do to an upload, and what users read then. Mostly waiting. */
@Execution(ExecutionMode.CONCURRENT)
class S3FaultsIT {
    private static final ArchiveKey KEY = new ArchiveKey("shop", "nightly", "uid-1", 1);
    private static final int LONG = 2 * Part.SIZE + 1;
    private static final S3Timeouts SHORT =
            new S3Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10));
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final S3Server server = S3Server.shared();
    private final String bucket = server.createBucket();
    private final StoreRelay relay = new StoreRelay(server.port());
    private final LogArchive archive = archive(bucket, relay.endpoint(), S3Server.credentials());

    S3FaultsIT() throws IOException {}

    @AfterEach
    void close() throws IOException {
        archive.close();
        relay.close();
    }

    private static LogArchive archive(String bucket, String endpoint, AwsCredentialsProvider credentials) {
        return archive(bucket, endpoint, credentials, S3Timeouts.DEFAULT);
    }

    private static LogArchive archive(
            String bucket, String endpoint, AwsCredentialsProvider credentials, S3Timeouts timeouts) {
        return new S3Archive(ArchiveOptions.of("s3://" + bucket, endpoint, null), timeouts, credentials);
    }

    private static void store(LogArchive archive, int bytes) throws IOException {
        try (var upload = archive.upload(KEY)) {
            upload.stream().write(log(bytes));
            assertThat(upload.commit()).isEqualTo(bytes);
        }
    }

    private static void isThere(LogArchive archive, int bytes) throws IOException {
        try (var stream = archive.open(KEY).orElseThrow()) {
            assertThat(Arrays.equals(stream.readAllBytes(), log(bytes))).isTrue();
        }
    }

    private ArchiveException failure(ThrowingCallable work) {
        return failure(archive, work);
    }

    private static ArchiveException failure(LogArchive archive, ThrowingCallable work) {
        var started = System.nanoTime();
        var failure = catchThrowableOfType(ArchiveException.class, work);
        assertThat(failure).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(BOUND);
        assertThat(failure.getMessage())
                .startsWith("log archive " + archive.url(KEY).replaceFirst("/shop/.*", "") + ": ")
                .doesNotContain("\n", S3Server.SECRET_KEY, "wrong-secret");
        return failure;
    }

    @Test
    void refused() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var endpoint = "http://127.0.0.1:" + port;
        try (var nowhere = archive(bucket, endpoint, S3Server.credentials())) {
            var failure = failure(nowhere, () -> store(nowhere, 5));

            assertThat(failure)
                    .hasMessageEndingWith(": connection to " + endpoint
                            + " failed: Connection refused: check that the store is running");
            assertThat(failure.why()).isEqualTo(ArchiveException.Cause.UNAVAILABLE);
        }
    }

    @Test
    void anUnknownHost() {
        try (var nowhere = archive(bucket, "http://no-such-host.invalid", S3Server.credentials())) {
            assertThat(failure(nowhere, () -> nowhere.size(KEY)))
                    .hasMessageContaining(": host not found: check --log-archive-endpoint");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "STUCK"})
    void aStoreThatDoesNotRespondIsAnErrorInBoundedTime(Fault fault) throws IOException {
        try (var hasty = archive(bucket, relay.endpoint(), S3Server.credentials(), SHORT)) {
            var upload = hasty.upload(KEY);
            upload.stream().write(log(LONG));
            relay.fault(fault);
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    upload::commit, () -> store(hasty, 5), () -> hasty.list("shop", "nightly"))) {
                assertThat(failure(hasty, call)).hasMessageContaining(": no response in time: ");
            }
            upload.close();
        }
        relay.fault(Fault.NONE);
        assertThat(archive.size(KEY)).isEmpty();
        store(archive, LONG);
        isThere(archive, LONG);
    }

    @Test
    void aSlowStoreIsWaitedFor() throws IOException {
        relay.fault(Fault.SLOW);
        store(archive, LONG);
        isThere(archive, LONG);
    }

    @Test
    void aConnectionThatIsCutOnceIsRetried() throws IOException {
        relay.fault(Fault.CUT, 1);
        store(archive, LONG);

        isThere(archive, LONG);
    }

    @Test
    void connectionsThatAreAlwaysCutAreAnError() throws IOException {
        relay.fault(Fault.CUT);
        var failure = failure(() -> store(archive, LONG));

        assertThat(failure).hasMessageContaining(": connection to " + relay.endpoint() + " lost: ");
        assertThat(failure.why()).isEqualTo(ArchiveException.Cause.UNAVAILABLE);
        relay.fault(Fault.NONE);
        assertThat(archive.size(KEY)).isEmpty();
    }

    @Test
    void aLogThatIsCutWhileItIsReadIsAnErrorAndNotAShorterLog() throws IOException {
        store(archive, LONG);
        relay.fault(Fault.CUT);

        assertThat(failure(() -> isThere(archive, LONG)).why()).isEqualTo(ArchiveException.Cause.UNAVAILABLE);
    }

    @Test
    void everyThirdRequestFails() throws IOException {
        relay.fault(Fault.EVERY_THIRD);
        for (var i = 0; i < 3; i++) {
            store(archive, LONG);
            assertThat(archive.size(KEY)).hasValue(LONG);
            isThere(archive, LONG);
            assertThat(archive.list("shop", "nightly")).hasSize(1);
            archive.delete(KEY);
            assertThat(archive.size(KEY)).isEmpty();
        }
        assertThat(relay.requests()).isGreaterThan(30);
    }

    @Test
    void wrongCredentials() {
        for (var credentials : List.of(
                AwsBasicCredentials.create(S3Server.ACCESS_KEY, "wrong-secret"),
                AwsBasicCredentials.create("nobody", "wrong-secret"))) {
            try (var stranger = archive(bucket, server.endpoint(), StaticCredentialsProvider.create(credentials))) {
                var failure = failure(stranger, () -> store(stranger, 5));
                assertThat(failure).hasMessageContaining(": access denied (");
                assertThat(failure.why()).isEqualTo(ArchiveException.Cause.DENIED);
                assertThat(failure(stranger, () -> stranger.size(KEY)).why()).isEqualTo(ArchiveException.Cause.DENIED);
            }
        }
    }

    @Test
    void noCredentials() {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("searched everywhere, found wrong-secret");
        };
        try (var stranger = archive(bucket, server.endpoint(), none)) {
            var failure = failure(stranger, () -> store(stranger, 5));
            assertThat(failure).hasMessageContaining(": no AWS credentials: set AWS_ACCESS_KEY_ID and");
            assertThat(failure.why()).isEqualTo(ArchiveException.Cause.DENIED);
        }
    }

    @Test
    void aBucketThatIsNotThere() {
        try (var nowhere = archive("no-such-bucket", server.endpoint(), S3Server.credentials())) {
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> store(nowhere, 5),
                    () -> store(nowhere, LONG),
                    () -> nowhere.open(KEY),
                    () -> nowhere.list("shop", "nightly"))) {
                var failure = failure(nowhere, call);
                assertThat(failure)
                        .hasMessage(
                                "log archive s3://no-such-bucket: the bucket does not exist: create it, or check the name");
                assertThat(failure.why()).isEqualTo(ArchiveException.Cause.NOT_FOUND);
            }
        }
    }
}
