/**
 * What a job's status contains: conditions, results, attempts, sizes, and when something is due. Pure functions; nothing is
 * written here. Imports {@code attempt} and {@code retention}. Start with {@link dev.longshore.job.status.JobStatuses}.
 */
package dev.longshore.job.status;
