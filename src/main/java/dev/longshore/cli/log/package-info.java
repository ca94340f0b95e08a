/**
 * Shows the log of a job: from its container where the host can be reached from here, otherwise the tail that is stored
 * in the status.
 *
 * <p>Imports {@code cli.output} and {@code cli.terminal}, and {@code docker.log} to follow the container. Start with
 * {@link dev.longshore.cli.log.JobLogViewer}.
 */
package dev.longshore.cli.log;
