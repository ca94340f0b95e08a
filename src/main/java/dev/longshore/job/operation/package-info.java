/**
 * What is done on a daemon: prepare, start, observe, stop and remove a container, read its log and results, sample its usage.
 * Runs on threads of the host and leaves its outcome in the job's {@link dev.longshore.job.attempt.SharedState}. Imports
 * {@code plan}, {@code config}, {@code attempt} and {@code queue}. Start with {@link dev.longshore.job.operation.JobRunner}.
 */
package dev.longshore.job.operation;
