/**
 * The slots of hosts, and the order in which jobs get them: by priority, then age. Imports the root only. Start with
 * {@link dev.longshore.job.queue.Slots}; {@link dev.longshore.job.queue.SyncBarrier} keeps slots back after a host connects.
 */
package dev.longshore.job.queue;
