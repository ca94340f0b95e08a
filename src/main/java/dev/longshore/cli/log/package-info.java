/**
 * Shows the log of a job: from its container where the host can be reached from here, otherwise the tail that is stored
 * in the status.
 *
 * <p>Imports {@code cli.output} and {@code cli.terminal}, {@code api}, {@code client}, {@code host} and {@code job} to find
 * the container, and {@code docker} to follow its log. Start with {@link dev.longshore.cli.log.JobLogViewer}.
 */
package dev.longshore.cli.log;
