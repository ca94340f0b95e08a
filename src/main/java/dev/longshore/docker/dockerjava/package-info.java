/**
 * Implements {@link dev.longshore.docker.DockerEngine}: requests through docker-java, and reading of our own where an
 * answer may be large or endless (containers, events, logs, files, pulls). A daemon is not trusted: what is kept of an
 * answer is bounded.
 *
 * <p>Imports {@code docker}, {@code docker.transport} and {@code docker.deadline}. Start with {@code DockerJavaEngine},
 * which has a method per call; {@code DockerQuery} reads answers, and {@code DockerErrors} turns failures into messages.
 */
package dev.longshore.docker.dockerjava;
