/**
 * A person's questions to a cluster: which one, what is there, what becomes of a job, how jobs of a template went. Prints
 * nothing. Imports {@code job} and {@code api}. Start with {@link dev.longshore.client.Kubeconfig}.
 */
package dev.longshore.client;
