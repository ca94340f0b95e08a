package dev.longshore.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.Archived;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

class S3ArchiveIT {
    private static final ArchiveKey KEY = new ArchiveKey("shop", "nightly", "uid-1", 1);

    private final S3Server server = S3Server.shared();
    private final String bucket = server.createBucket();
    private final LogArchive archive =
            LogArchives.open(ArchiveOptions.of("s3://" + bucket + "/prod/eu", server.endpoint(), null));
    private final S3Client client = S3Client.builder()
            .endpointOverride(URI.create(server.endpoint()))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(S3Server.credentials())
            .build();

    @AfterEach
    void close() {
        archive.close();
        client.close();
    }

    static byte[] log(int bytes) {
        var log = new byte[bytes];
        new Random(bytes).nextBytes(log);
        return log;
    }

    private void store(ArchiveKey key, byte[] log) throws IOException {
        try (var upload = archive.upload(key)) {
            upload.stream().write(log);
            assertThat(upload.commit()).isEqualTo(log.length);
        }
    }

    private byte[] read(ArchiveKey key) throws IOException {
        try (var stream = archive.open(key).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    private List<String> pending() {
        return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, Part.SIZE - 1, Part.SIZE, Part.SIZE + 1, 2 * Part.SIZE, 20_000_000})
    void whatIsUploadedIsThereOnceItIsCommitted(int bytes) throws IOException {
        var log = log(bytes);
        assertThat(archive.size(KEY)).isEmpty();
        assertThat(archive.open(KEY)).isEmpty();
        try (var upload = archive.upload(KEY)) {
            upload.stream().write(log);
            upload.stream().close();
            assertThat(archive.size(KEY)).isEmpty();
            assertThat(upload.commit()).isEqualTo(bytes);
        }

        assertThat(archive.size(KEY)).hasValue(bytes);
        assertThat(read(KEY)).isEqualTo(log);
        assertThat(archive.url(KEY)).isEqualTo("s3://" + bucket + "/prod/eu/shop/nightly/uid-1/1.log.gz");
        assertThat(client.headObject(request -> request.bucket(bucket).key("prod/eu/" + KEY.path()))
                        .contentLength())
                .isEqualTo(bytes);
        assertThat(pending()).isEmpty();
    }

    @Test
    void anotherUploadReplacesIt() throws IOException {
        store(KEY, log(Part.SIZE + 1));
        store(KEY, log(5));

        assertThat(read(KEY)).isEqualTo(log(5));
    }

    @Test
    void anUploadThatIsNotCommittedLeavesNothing() throws IOException {
        try (var upload = archive.upload(KEY)) {
            upload.stream().write(log(Part.SIZE + 1));
            assertThat(pending()).hasSize(1);
        }

        assertThat(archive.size(KEY)).isEmpty();
        assertThat(pending()).isEmpty();
    }

    @Test
    void whatAKilledUploadLeftIsAbortedByTheNextOfItsKey() throws IOException {
        var similar = new ArchiveKey("shop", "nightly", "uid-1", 11);
        archive.upload(KEY).stream().write(log(Part.SIZE + 1));
        archive.upload(similar).stream().write(log(Part.SIZE + 1));
        client.createMultipartUpload(request -> request.bucket(bucket).key("prod/eu/" + KEY.path()));
        client.createMultipartUpload(request -> request.bucket(bucket).key("prod/eu/" + KEY.path() + ".of-another"));
        assertThat(pending()).hasSize(4);

        store(KEY, log(Part.SIZE + 1));

        assertThat(read(KEY)).isEqualTo(log(Part.SIZE + 1));
        assertThat(pending())
                .containsExactlyInAnyOrder("prod/eu/" + similar.path(), "prod/eu/" + KEY.path() + ".of-another");
    }

    @Test
    void deleted() throws IOException {
        store(KEY, log(5));
        archive.delete(KEY);
        archive.delete(KEY);

        assertThat(archive.size(KEY)).isEmpty();
    }

    @Test
    void listedByName() throws IOException {
        for (var uid : List.of("uid-2", "uid-1")) {
            for (var attempt = 1; attempt <= 2; attempt++) {
                store(new ArchiveKey("shop", "nightly", uid, attempt), log(attempt));
            }
        }
        store(new ArchiveKey("shop", "nightly-2", "uid-9", 1), log(1));
        client.putObject(request -> request.bucket(bucket).key("prod/eu/shop/nightly/notes"), RequestBody.empty());

        var listed = archive.list("shop", "nightly");
        assertThat(listed)
                .extracting(Archived::key)
                .extracting(ArchiveKey::path)
                .containsExactlyInAnyOrder(
                        "shop/nightly/uid-1/2.log.gz",
                        "shop/nightly/uid-1/1.log.gz",
                        "shop/nightly/uid-2/2.log.gz",
                        "shop/nightly/uid-2/1.log.gz");
        assertThat(listed).isSortedAccordingTo(Archived.NEWEST_FIRST);
        assertThat(listed.get(0).bytes()).isEqualTo(2);
        assertThat(archive.list("shop", "other")).isEmpty();
    }

    @Test
    void theRestOfALogThatIsNotReadIsNotTransferred() throws IOException {
        store(KEY, log(20_000_000));

        try (var stream = archive.open(KEY).orElseThrow()) {
            assertThat(stream.readNBytes(3)).isEqualTo(Arrays.copyOf(log(20_000_000), 3));
        }
    }
}
