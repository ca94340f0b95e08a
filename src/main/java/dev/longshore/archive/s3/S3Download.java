package dev.longshore.archive.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.ResponseInputStream;

/** The bytes of an object, as they arrive. */
final class S3Download extends FilterInputStream {
    private final ResponseInputStream<?> response;
    private final S3Failures failures;
    private boolean isComplete;

    S3Download(ResponseInputStream<?> response, S3Failures failures) {
        super(response);
        this.response = response;
        this.failures = failures;
    }

    /** What reads. */
    @FunctionalInterface
    private interface Read {
        int run() throws IOException;
    }

    @Override
    public int read() {
        return explained(response::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        return explained(() -> response.read(bytes, offset, length));
    }

    private int explained(Read read) {
        var count = failures.explained(() -> {
            try {
                return read.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        isComplete |= count < 0;
        return count;
    }

    /** Closing alone would read the rest. */
    @Override
    public void close() throws IOException {
        if (isComplete) {
            response.close();
        } else {
            response.abort();
        }
    }
}
