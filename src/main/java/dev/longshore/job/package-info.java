/**
 * Jobs: from a ContainerJob and what it refers to, to a container and back to its status. Imports {@code docker} and
 * {@code api}. Start with {@link dev.longshore.job.engine.JobEngine}, then {@link dev.longshore.job.plan.JobPlanner}.
 */
package dev.longshore.job;
