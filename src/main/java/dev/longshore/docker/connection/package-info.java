/**
 * One connection per DockerHost: connects and reconnects, subscribes to events, lists containers, and runs calls and
 * image pulls on threads of the host. Callers use {@link dev.longshore.docker.connection.HostAccess} and are notified
 * through {@link dev.longshore.docker.connection.HostListener}.
 *
 * <p>Imports {@code docker} and {@code docker.deadline}; it gets its engines from an {@link
 * dev.longshore.docker.EngineFactory}. Start with {@link dev.longshore.docker.connection.HostConnections}, then {@code
 * HostConnection}.
 */
package dev.longshore.docker.connection;
