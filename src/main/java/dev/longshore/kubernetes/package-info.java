/**
 * What the reconcilers share in dealing with the API server: bounded reads, trimmed caches, requeue timers, status updates.
 * Imports no other package of Longshore. Start with {@link dev.longshore.kubernetes.CacheClients} for reads and
 * {@link dev.longshore.kubernetes.Agenda} for timers.
 */
package dev.longshore.kubernetes;
