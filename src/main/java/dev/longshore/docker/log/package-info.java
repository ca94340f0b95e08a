/**
 * Follows one container's log for a person: reconnects after a lost connection, resumes where it was, and reports a gap
 * where the daemon rotated the log in between. And copies the whole log of one that has ended, as text.
 *
 * <p>Imports {@code docker}, {@code docker.connection} for the backoff, and {@code docker.deadline}. Start with {@link
 * dev.longshore.docker.log.ContainerLog} or {@link dev.longshore.docker.log.WholeLog}.
 */
package dev.longshore.docker.log;
