/**
 * DockerHosts: their connections, their certificates and their health. Imports {@code docker} and {@code api}. Start with
 * {@link dev.longshore.host.DockerHostReconciler}.
 */
package dev.longshore.host;
