package dev.longshore.archive.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of an object, as they arrive. The library takes a connection that is lost for the end of the object. */
final class S3Download extends InputStream {
    private final ResponseInputStream<GetObjectResponse> response;
    private final S3Failures failures;
    private long left;

    S3Download(ResponseInputStream<GetObjectResponse> response, S3Failures failures) {
        this.response = response;
        this.failures = failures;
        left = response.response().contentLength();
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        return failures.explained(() -> {
            try {
                return readOf(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private int readOf(byte[] bytes, int offset, int length) throws IOException {
        var count = response.read(bytes, offset, length);
        if (count < 0 && left > 0) {
            throw new EOFException("the log ends " + left + " bytes too early");
        }
        left -= Math.max(count, 0);
        return count;
    }

    /** Closing alone would read the rest. */
    @Override
    public void close() throws IOException {
        if (left > 0) {
            response.abort();
        } else {
            response.close();
        }
    }
}
