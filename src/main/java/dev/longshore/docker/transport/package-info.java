/**
 * HTTP to one daemon over a unix socket, TCP or TLS, in place of docker-java's own transports: each request ends at its
 * deadline, by closing its own connection. TLS material is read from memory.
 *
 * <p>Imports {@code docker} and {@code docker.deadline}. Start with {@link dev.longshore.docker.transport.DockerHttp}.
 */
package dev.longshore.docker.transport;
