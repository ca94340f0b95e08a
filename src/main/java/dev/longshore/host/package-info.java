/**
 * The DockerHost reconciler: opens and closes connections, reads TLS material from Secrets, and reports the health of hosts.
 * Imports {@code api}, {@code docker}, {@code image} and {@code kubernetes}. Start with {@link dev.longshore.host.DockerHostReconciler}.
 */
package dev.longshore.host;
