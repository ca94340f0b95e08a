package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.ArchiveUpload;
import dev.longshore.archive.Archived;
import dev.longshore.archive.LogArchive;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket. The client is created by the first call, since that may contact AWS, and is safe for all threads. */
public final class S3Archive implements LogArchive {
    /** Of a thousand objects each, so that a listing ends. */
    private static final int PAGES = 100;

    private final ArchiveOptions options;
    private final S3Timeouts timeouts;
    private final AwsCredentialsProvider credentials;
    private final S3Failures failures;
    /** Guarded by this. */
    private S3Client client;

    /** @param options of an s3 URI */
    public S3Archive(ArchiveOptions options) {
        this(options, S3Timeouts.DEFAULT, DefaultCredentialsProvider.builder().build());
    }

    S3Archive(ArchiveOptions options, S3Timeouts timeouts, AwsCredentialsProvider credentials) {
        this.options = options;
        this.timeouts = timeouts;
        this.credentials = credentials;
        failures = new S3Failures(options);
    }

    private synchronized S3Client client() {
        if (client == null) {
            try {
                client = S3Clients.create(options, timeouts, credentials);
            } catch (IllegalArgumentException e) {
                throw new ArchiveException(ArchiveException.Cause.FAILED, failures.message(e.getMessage()), e);
            }
        }
        return client;
    }

    private <T> T explained(Supplier<T> work) {
        return failures.explained(work);
    }

    @Override
    public String url(ArchiveKey key) {
        return options.uri() + "/" + key.path();
    }

    private String name(ArchiveKey key) {
        return options.prefix() + key.path();
    }

    /** Of a bucket that does not exist as well: the response to this request has no reason in it. */
    @Override
    public OptionalLong size(ArchiveKey key) {
        return explained(() -> {
            try {
                var head = client().headObject(
                                request -> request.bucket(options.bucket()).key(name(key)));
                return OptionalLong.of(head.contentLength());
            } catch (NoSuchKeyException e) {
                return OptionalLong.empty();
            }
        });
    }

    @Override
    public ArchiveUpload upload(ArchiveKey key) {
        var object = explained(() -> new S3Target(client(), options.bucket(), name(key)));
        return new S3Upload(object, failures);
    }

    @Override
    public Optional<InputStream> open(ArchiveKey key) {
        return explained(() -> {
            try {
                var response = client().getObject(
                                request -> request.bucket(options.bucket()).key(name(key)));
                return Optional.of(new S3Download(response, failures));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<Archived> list(String namespace, String job) {
        var folder = options.prefix() + ArchiveKey.requirePart("namespace", namespace) + "/"
                + ArchiveKey.requirePart("job", job) + "/";
        return explained(() -> {
            var newest = new PriorityQueue<>(Archived.NEWEST_FIRST.reversed());
            client()
                    .listObjectsV2Paginator(
                            request -> request.bucket(options.bucket()).prefix(folder))
                    .stream()
                    .limit(PAGES)
                    .flatMap(page -> page.contents().stream())
                    .flatMap(object -> archived(object).stream())
                    .forEach(archived -> {
                        newest.add(archived);
                        if (newest.size() > LISTED) {
                            newest.poll();
                        }
                    });
            return newest.stream().sorted(Archived.NEWEST_FIRST).toList();
        });
    }

    private Optional<Archived> archived(S3Object object) {
        return ArchiveKey.parse(object.key().substring(options.prefix().length()))
                .map(key -> new Archived(key, object.size(), object.lastModified()));
    }

    @Override
    public void delete(ArchiveKey key) {
        explained(() -> client().deleteObject(
                        request -> request.bucket(options.bucket()).key(name(key))));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
