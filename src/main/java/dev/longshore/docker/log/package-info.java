/**
 * Follows one container's log for a person: reconnects after a lost connection, resumes where it was, and reports a gap
 * where the daemon rotated the log in between. And copies the whole log of one that has ended, as text,
 * and reads that again.
 *
 * <p>Imports {@code docker}, {@code docker.connection} for the backoff, and {@code docker.deadline}. Start with {@link
 * dev.longshore.docker.log.ContainerLog}, {@link dev.longshore.docker.log.WholeLog} or {@link
 * dev.longshore.docker.log.ArchivedLog}.
 */
package dev.longshore.docker.log;
