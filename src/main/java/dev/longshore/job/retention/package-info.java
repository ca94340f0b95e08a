/**
 * Containers that have ended and stay for a while: their logs are owed to the archive, or they are kept for a look. What is
 * wanted is in {@link dev.longshore.job.retention.Retention}, what is there in {@link
 * dev.longshore.job.retention.RetainedContainers}; the container itself is the record, and this is only what this process
 * knows of it.
 *
 * <p>Besides the root of {@code job}, imports {@code api} and {@code docker}. Start with {@link
 * dev.longshore.job.retention.RetainedContainers}.
 */
package dev.longshore.job.retention;
