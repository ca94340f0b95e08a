/**
 * A user's access to a cluster: kubeconfig, queries, watches, statistics. Prints nothing. Imports {@code api}, {@code cron}, {@code job},
 * {@code names} and {@code proxy}. Start with {@link dev.longshore.client.Kubeconfig}, then {@link dev.longshore.client.JobQuery}.
 */
package dev.longshore.client;
