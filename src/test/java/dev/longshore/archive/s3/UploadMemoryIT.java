package dev.longshore.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An upload has one part in memory: this heap holds one, beside the library itself, and not three. */
class UploadMemoryIT {
    private static final ArchiveKey KEY = new ArchiveKey("shop", "nightly", "uid-1", 1);
    private static final long BYTES = 200_000_000;

    @Test
    void twoHundredMegabytesInASmallHeap() throws IOException, InterruptedException {
        var server = S3Server.shared();
        var options = ArchiveOptions.of("s3://" + server.createBucket(), server.endpoint(), null);
        var process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx28m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LargeUpload.class.getName(),
                options.uri().toString(),
                server.endpoint(),
                KEY.path(),
                Long.toString(BYTES));
        process.environment().put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
        process.environment().put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        // Not for loopback.
        process.environment().put("HTTP_PROXY", "http://127.0.0.1:9");

        assertThat(process.inheritIO().start().waitFor()).isZero();
        try (var archive = LogArchives.open(options)) {
            assertThat(archive.size(KEY)).hasValue(BYTES);
        }
    }
}
