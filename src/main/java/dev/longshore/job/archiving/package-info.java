/**
 * Brings the logs of containers that have ended to the archive: who uploads when, one try, and what follows from its end. Imports
 * {@code operation}, for what has to be masked, and {@code retention}; besides, {@code api}, {@code archive}, {@code docker} and
 * {@code kubernetes}. Start with {@link dev.longshore.job.archiving.LogArchiving}.
 */
package dev.longshore.job.archiving;
