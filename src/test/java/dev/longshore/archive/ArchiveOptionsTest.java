package dev.longshore.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "s3://logs,logs,''",
        "s3://logs/,logs,''",
        "s3://logs/prod,logs,prod/",
        "s3://logs/prod/eu-1/,logs,prod/eu-1/",
        "s3://my_old.Bucket/a,my_old.Bucket,a/"
    })
    void aBucketAndAPrefix(String uri, String bucket, String prefix) {
        var options = ArchiveOptions.of(uri, null, null);

        assertThat(options.bucket()).isEqualTo(bucket);
        assertThat(options.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///logs", "file:///logs/", "file:///logs//", "file:///a/b%20c"})
    void aFolder(String uri) {
        assertThat(ArchiveOptions.of(uri, null, null).uri().getPath()).isIn("/logs", "/a/b c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/logs",
                "logs",
                "http://logs",
                "gs://bucket",
                "file:logs",
                "file:///",
                "file://logs",
                "file://host/logs",
                "file:///a/../b",
                "file:///a/%2e%2e/b",
                "file:///a/%00",
                "file:///a?x=1"
            })
    void noFolderIsOneLineThatNamesTheOption(String uri) {
        isRefused(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:",
                "s3:bucket",
                "s3:///prefix",
                "s3://x",
                "s3://-b/prefix",
                "s3://bucket:9000/prefix",
                "s3://user:hunter2@bucket/prefix",
                "s3://bucket/a/../b",
                "s3://bucket//a",
                "s3:///",
                "file:////",
                "s3://bucket/a%2fb",
                "s3://bucket/ä",
                "s3://bucket/a?versionId=hunter2",
                "s3://bucket/a#b",
                "s3://bucket/ hunter2"
            })
    void noBucketIsOneLineThatNamesTheOption(String uri) {
        isRefused(uri);
    }

    private static void isRefused(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArchiveOptions.of(uri, null, null))
                .withMessageStartingWith("--log-archive")
                .withMessageNotContaining("hunter2")
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://minio:9000",
                "https://s3.example.com",
                "https://example.com/storage/s3",
                "http://[::1]:9000/"
            })
    void anEndpoint(String endpoint) {
        assertThat(ArchiveOptions.of("s3://b-1", endpoint, "eu-1").endpoint()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "minio", "minio:9000", "ftp://minio", "http://a:hunter2@minio", "http://minio?x", "http://"})
    void aBadEndpoint(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArchiveOptions.of("s3://b-1", endpoint, null))
                .withMessageStartingWith("--log-archive-endpoint")
                .withMessageNotContaining("hunter2");
    }

    @Test
    void aFolderHasNeitherEndpointNorRegion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArchiveOptions.of("file:///logs", "http://minio", null))
                .withMessage("--log-archive file:///logs: --log-archive-endpoint is for s3:// only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArchiveOptions.of("file:///logs", null, "eu-1"))
                .withMessage("--log-archive file:///logs: --log-archive-region is for s3:// only");
    }

    @Test
    void aRegionIsAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArchiveOptions.of("s3://b-1", null, "eu 1"))
                .withMessage("--log-archive-region eu 1: must be a region like us-east-1");
    }
}
