package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveUpload;
import java.io.OutputStream;

/** Up to one part in one request, more of them by a multipart upload. */
final class S3Upload implements ArchiveUpload {
    private final S3Target target;
    private final S3Failures failures;
    private final Part part = new Part();
    private final OutputStream stream = new OutputStream() {
        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            append(bytes, offset, length);
        }
    };
    private long bytes;
    /** Null as long as all is in the one part. */
    private S3Multipart multipart;

    private boolean isCommitted;

    S3Upload(S3Target target, S3Failures failures) {
        this.target = target;
        this.failures = failures;
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    private void append(byte[] from, int offset, int length) {
        for (var done = 0; done < length; ) {
            if (part.isFull()) {
                failures.explained(this::send);
            }
            var taken = part.append(from, offset + done, length - done);
            done += taken;
            bytes += taken;
        }
    }

    private Void send() {
        if (multipart == null) {
            multipart = S3Multipart.start(target, failures);
        }
        multipart.send(part);
        part.clear();
        return null;
    }

    @Override
    public long commit() {
        failures.explained(() -> {
            if (multipart == null) {
                target.put(part);
            } else {
                send();
                multipart.complete(bytes);
            }
            return null;
        });
        isCommitted = true;
        return bytes;
    }

    @Override
    public void close() {
        if (!isCommitted && multipart != null) {
            multipart.abort();
        }
    }
}
