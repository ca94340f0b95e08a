/**
 * The decisions: the next step of a job, from the job, the state of its attempt and the time. Calls no daemon and writes
 * nothing. {@link dev.longshore.job.plan.JobPlanner} dispatches; {@code UnboundPlanner} and {@code NextAttempt} lead to a container,
 * {@code BoundPlanner} leads it to its end. Imports {@code placement}, {@code config}, {@code status}, {@code attempt},
 * {@code retention}, {@code queue} and {@code policy}. Start with {@link dev.longshore.job.plan.JobPlan}: what a step may be; the tests
 * JobPlannerTest and, of deletion, JobCleanupTest have all decisions as tables.
 */
package dev.longshore.job.plan;
