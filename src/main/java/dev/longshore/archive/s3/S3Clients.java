package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveOptions;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Creates clients that stores other than AWS's understand, too. */
final class S3Clients {
    /** Of a store that has no regions; required for the signature. */
    private static final Region ANY = Region.US_EAST_1;

    private static final int ATTEMPTS = 3;

    private S3Clients() {}

    static S3Client create(ArchiveOptions options, S3Timeouts timeouts, AwsCredentialsProvider credentials) {
        var builder = S3Client.builder()
                .credentialsProvider(new ExplainedCredentials(credentials, options.uri()))
                .region(region(options))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(options.endpoint().isPresent())
                // Both are AWS's own: others do not know the one, and a part waits for seconds where they do not know
                // the other.
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeouts.connect())
                        .socketTimeout(timeouts.silence()))
                .overrideConfiguration(calls -> calls.apiCallAttemptTimeout(timeouts.attempt())
                        .apiCallTimeout(timeouts.call())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
        options.endpoint().map(S3Clients::withoutSlash).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static Region region(ArchiveOptions options) {
        return options.region().map(Region::of).orElseGet(() -> regionOfEnvironment(options));
    }

    private static Region regionOfEnvironment(ArchiveOptions options) {
        // An instance of AWS would be asked for its region by the default chain: not where the store is another's.
        AwsRegionProvider chain = options.endpoint().isPresent()
                ? new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                : DefaultAwsRegionProviderChain.builder().build();
        try {
            return chain.getRegion();
        } catch (software.amazon.awssdk.core.exception.SdkClientException e) {
            if (options.endpoint().isPresent()) {
                return ANY;
            }
            throw new S3Failures(options).noRegion(e);
        }
    }

    private static URI withoutSlash(URI endpoint) {
        var text = endpoint.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : endpoint;
    }
}
