/**
 * Container jobs, from the resource to a container and back to the status. The root holds what all rooms share: keys, phases,
 * labels, {@link dev.longshore.job.Blocked}, and the ports to the cluster and to metrics. It imports {@code api} and
 * {@code docker}, and none of its rooms; a room imports the root and the rooms below it. {@code reconciler}, {@code engine},
 * {@code archiving}, {@code config} and {@code status} import {@code kubernetes}, too; {@code archiving} imports {@code archive}.
 *
 * <p>In call order: {@code reconciler}, {@code engine}, {@code archiving}, {@code operation}, {@code plan}, {@code placement}, {@code metrics},
 * {@code config}, {@code status}, {@code retention}, {@code attempt}, {@code queue}, {@code policy}. Start with
 * {@link dev.longshore.job.engine.JobEngine}, then {@link dev.longshore.job.plan.JobPlanner}.
 */
package dev.longshore.job;
