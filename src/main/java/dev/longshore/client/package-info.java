/**
 * A user's queries to a cluster: find it, look up resources, watch a job, compute statistics of a template. Prints nothing.
 * Imports {@code job} and {@code api}. Start with {@link dev.longshore.client.Kubeconfig}.
 */
package dev.longshore.client;
