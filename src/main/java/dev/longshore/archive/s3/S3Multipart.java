package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A multipart upload. The store keeps its parts, and bills them, until it is completed or aborted. */
final class S3Multipart {
    /** S3's own limit. */
    private static final int PARTS = 10_000;
    /** Left-over uploads of one key are few: each of them is from a process that was killed. */
    private static final int LEFT_OVER_PAGES = 10;
    /** Forbidden, not allowed and not implemented. */
    private static final Set<Integer> UNABLE = Set.of(403, 405, 501);

    private static final Duration ABORT = Duration.ofSeconds(10);

    private final S3Target target;
    private final String id;
    private final S3Failures failures;
    private final List<CompletedPart> parts = new ArrayList<>();

    private S3Multipart(S3Target target, String id, S3Failures failures) {
        this.target = target;
        this.id = id;
        this.failures = failures;
    }

    static S3Multipart start(S3Target target, S3Failures failures) {
        abortLeftOvers(target);
        var created = target.client()
                .createMultipartUpload(request ->
                        request.bucket(target.bucket()).key(target.name()).contentType(S3Target.TYPE));
        return new S3Multipart(target, created.uploadId(), failures);
    }

    /**
     * Of this very key: an attempt belongs to one operator, which uploads its log once at a time, so whoever started them was
     * killed, or has just lost its Lease. A store without this request has to expire them by itself.
     */
    private static void abortLeftOvers(S3Target target) {
        try {
            target
                    .client()
                    .listMultipartUploadsPaginator(
                            request -> request.bucket(target.bucket()).prefix(target.name()))
                    .stream()
                    .limit(LEFT_OVER_PAGES)
                    .flatMap(page -> page.uploads().stream())
                    .filter(upload -> upload.key().equals(target.name()))
                    .forEach(upload -> abort(target, upload.uploadId()));
        } catch (S3Exception e) {
            if (!UNABLE.contains(e.statusCode())) {
                throw e;
            }
        }
    }

    void send(Part part) {
        if (parts.size() == PARTS) {
            throw new ArchiveException(
                    ArchiveException.Cause.TOO_LARGE,
                    failures.message("the log is larger than 80 GB: set spec.logs.archiveMaxBytes"),
                    null);
        }
        var number = parts.size() + 1;
        var sent = target.client()
                .uploadPart(
                        request -> request.bucket(target.bucket())
                                .key(target.name())
                                .uploadId(id)
                                .partNumber(number),
                        S3Target.body(part));
        parts.add(CompletedPart.builder().partNumber(number).eTag(sent.eTag()).build());
    }

    /** @param bytes of all parts */
    void complete(long bytes) {
        try {
            target.client()
                    .completeMultipartUpload(request -> request.bucket(target.bucket())
                            .key(target.name())
                            .uploadId(id)
                            .multipartUpload(upload -> upload.parts(parts)));
        } catch (NoSuchUploadException e) {
            // The first attempt may have succeeded, and its response was lost.
            var head = target.client()
                    .headObject(request -> request.bucket(target.bucket()).key(target.name()));
            if (head.contentLength() != bytes) {
                throw e;
            }
        }
    }

    /** Also of a thread that was interrupted: it is what the interruption leaves to be done. */
    void abort() {
        var isInterrupted = Thread.interrupted();
        try {
            abort(target, id);
        } catch (SdkException e) {
            // The next upload of this key aborts it, or the bucket's lifecycle rule.
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void abort(S3Target target, String id) {
        try {
            target.client()
                    .abortMultipartUpload(request -> request.bucket(target.bucket())
                            .key(target.name())
                            .uploadId(id)
                            .overrideConfiguration(call -> call.apiCallTimeout(ABORT)));
        } catch (NoSuchUploadException e) {
            // Completed or aborted.
        }
    }
}
