package dev.longshore.archive.s3;

import java.time.Duration;

/**
 * How long a request may take.
 *
 * @param connect to get a connection
 * @param silence between two packets of a response
 * @param attempt for one request, such as one with a part
 * @param call with all attempts
 */
record S3Timeouts(Duration connect, Duration silence, Duration attempt, Duration call) {
    static final S3Timeouts DEFAULT =
            new S3Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(5));
}
