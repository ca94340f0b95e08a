package dev.longshore.testing;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An S3 server in this process, which keeps what it stores in memory, and checks credentials. */
public final class S3Server {
    public static final String ACCESS_KEY = "longshore-tests";
    public static final String SECRET_KEY = "not-a-secret";

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final BlobStore store = ContextBuilder.newBuilder(new TransientApiMetadata())
            .credentials("any", "any")
            .build(BlobStoreContext.class)
            .getBlobStore();
    private final S3Proxy proxy = S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();

    /** When it is first used, so that tests without it need not load it. */
    private static final class Shared {
        private static final S3Server SERVER = new S3Server();
    }

    private S3Server() {
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The one of this process, which ends with it. From now on its credentials are those of the process: no test has access to
     * another store.
     */
    public static S3Server shared() {
        System.setProperty("aws.accessKeyId", ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", SECRET_KEY);
        return Shared.SERVER;
    }

    public static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
    }

    public int port() {
        return proxy.getPort();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** The name of a new and empty bucket. */
    public String createBucket() {
        var name = "logs-" + BUCKETS.incrementAndGet();
        store.createContainerInLocation(null, name);
        return name;
    }
}
