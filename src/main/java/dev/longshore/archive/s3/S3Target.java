package dev.longshore.archive.s3;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Where an upload goes. */
record S3Target(S3Client client, String bucket, String name) {
    static final String TYPE = "application/gzip";

    void put(Part part) {
        client.putObject(request -> request.bucket(bucket).key(name).contentType(TYPE), body(part));
    }

    /** Read again for each attempt, and for the signature. */
    static RequestBody body(Part part) {
        return RequestBody.fromContentProvider(part::stream, part.length(), TYPE);
    }
}
