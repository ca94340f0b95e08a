package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The library's text lists every place that it searched, and may have what a program for credentials printed.
 *
 * @param archive for the message
 */
record ExplainedCredentials(AwsCredentialsProvider provider, URI archive) implements AwsCredentialsProvider {
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return provider.resolveCredentials();
        } catch (SdkException e) {
            throw new ArchiveException(
                    ArchiveException.Cause.DENIED,
                    "log archive " + archive + ": no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                            + " a profile, or a role of this pod or machine",
                    null);
        }
    }

    @Override
    public String toString() {
        return "credentials of " + archive;
    }
}
