package dev.longshore.archive.s3;

import dev.longshore.archive.ArchiveOptions;
import dev.longshore.proxy.Proxies;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
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

    /** @throws IllegalArgumentException if a variable has no valid address of a proxy */
    static S3Client create(ArchiveOptions options, S3Timeouts timeouts, AwsCredentialsProvider credentials) {
        var region = region(options);
        var builder = S3Client.builder()
                .credentialsProvider(new ExplainedCredentials(credentials, options.uri()))
                .region(region)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(options.endpoint().isPresent())
                // Both are AWS's own: others do not know the one, and a part waits for seconds where they do not know
                // the other.
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .proxyConfiguration(proxy(options, region))
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

    /** Of the environment as everywhere in Longshore, and then of the properties of the Java virtual machine. */
    private static ProxyConfiguration proxy(ArchiveOptions options, Region region) {
        var server = options.endpoint()
                .orElseGet(() -> URI.create("https://" + options.bucket() + ".s3." + region.id() + ".amazonaws.com"));
        var configuration = ProxyConfiguration.builder().useEnvironmentVariablesValues(false);
        Proxies.to(server, System.getenv()).map(URI::create).ifPresent(proxy -> {
            configuration.endpoint(proxy);
            var user = proxy.getUserInfo() == null
                    ? new String[0]
                    : proxy.getUserInfo().split(":", 2);
            if (user.length == 2) {
                configuration.username(user[0]).password(user[1]);
            }
        });
        return configuration.build();
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
        } catch (SdkClientException e) {
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
