package dev.longshore.cli;

import dev.longshore.archive.ArchiveOptions;
import java.util.Comparator;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which archive of logs a command is about; also from the environment, of each command alike. A mixin. */
final class LogArchiveOptions {
    private static final String URI = "--log-archive";
    private static final String ENDPOINT = "--log-archive-endpoint";
    private static final String REGION = "--log-archive-region";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = URI,
            paramLabel = "URI",
            defaultValue = "${env:LONGSHORE_LOG_ARCHIVE}",
            description = "Archive of complete logs: s3://bucket/prefix, with AWS's usual credentials, or file:///dir."
                    + " Default: LONGSHORE_LOG_ARCHIVE, or none.")
    private String uri;

    @Option(
            names = ENDPOINT,
            paramLabel = "URL",
            defaultValue = "${env:LONGSHORE_LOG_ARCHIVE_ENDPOINT}",
            description = "URL of an S3 store that is not AWS, such as MinIO."
                    + " Default: LONGSHORE_LOG_ARCHIVE_ENDPOINT, or AWS.")
    private String endpoint;

    @Option(
            names = REGION,
            paramLabel = "REGION",
            defaultValue = "${env:LONGSHORE_LOG_ARCHIVE_REGION}",
            description = "Region of the bucket. Default: LONGSHORE_LOG_ARCHIVE_REGION, or AWS's usual configuration;"
                    + " us-east-1 with an endpoint.")
    private String region;

    /**
     * Empty without an archive.
     *
     * @throws ParameterException that names the option which is wrong, and not its value where that may have a password
     */
    Optional<ArchiveOptions> options() {
        if (isBlank(uri)) {
            for (var option : new String[] {ENDPOINT, REGION}) {
                if (!isBlank(spec.findOption(option).getValue())) {
                    throw problem(option + ": requires " + URI, null);
                }
            }
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ArchiveOptions.of(uri, isBlank(endpoint) ? null : endpoint, isBlank(region) ? null : region));
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage(), e);
        }
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }

    /** @param message that begins with the option's name */
    private ParameterException problem(String message, Exception cause) {
        var option = spec.options().stream()
                .filter(each -> message.startsWith(each.longestName()))
                .max(Comparator.comparing(each -> each.longestName().length()));
        return new ParameterException(
                spec.commandLine(),
                message,
                cause,
                option.map(ArgSpec.class::cast).orElse(null),
                null);
    }
}
