/**
 * {@code longshore run}: the engine of the operator over manifests in memory, on one thread, without a cluster. A run
 * ends once no job can make progress; one with schedules when it is canceled, and what it must know after that is in a file.
 *
 * <p>Imports {@code api}, {@code archive}, {@code cron}, {@code docker}, {@code host}, {@code job} and {@code manifest}. Start with
 * {@link dev.longshore.local.LocalRun}.
 */
package dev.longshore.local;
