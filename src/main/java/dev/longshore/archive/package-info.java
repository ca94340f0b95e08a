/**
 * Archives of complete logs, behind a port: {@link dev.longshore.archive.LogArchive} with its keys and errors, an object for
 * each attempt at {@code namespace/job/uid/attempt.log.gz}. Imports {@code proxy}, and knows neither jobs nor Docker. The packages below it import it, never the reverse: {@code file} stores in a folder, {@code s3} in a bucket, and
 * {@code access} opens the one that options name.
 *
 * <p>Start with {@link dev.longshore.archive.LogArchive}.
 */
package dev.longshore.archive;
