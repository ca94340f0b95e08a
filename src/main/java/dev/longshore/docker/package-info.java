/**
 * Docker daemons, behind a port: {@link dev.longshore.docker.DockerEngine} with its specs, snapshots and errors, and the
 * values that its users share, such as the masking of secret values. Knows no Kubernetes and imports no other package of
 * Longshore. The packages below it import it, never the reverse: {@code dockerjava} implements the port over HTTP,
 * {@code connection} keeps a connection to each daemon, {@code log} follows a log.
 *
 * <p>Start with {@link dev.longshore.docker.DockerEngine}.
 */
package dev.longshore.docker;
