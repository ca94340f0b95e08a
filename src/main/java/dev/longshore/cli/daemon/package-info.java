/**
 * The daemons of hosts, reached with what the person who runs a command may read: the DockerHost and its Secret.
 *
 * <p>Imports {@code api}, {@code client}, {@code docker}, {@code host} and {@code job}. Start with {@link
 * dev.longshore.cli.daemon.Daemons}.
 */
package dev.longshore.cli.daemon;
