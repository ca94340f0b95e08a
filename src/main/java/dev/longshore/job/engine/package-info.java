/**
 * The loop: gather what is known of a job, plan one step, carry it out, report the status. Also brings events from hosts to
 * their jobs. Knows no JOSDK: the operator and {@code longshore run} are two front ends of it. Imports {@code archiving},
 * {@code operation}, {@code plan}, {@code placement}, {@code metrics}, {@code status}, {@code retention}, {@code attempt} and {@code queue}. Start with
 * {@link dev.longshore.job.engine.JobEngine#reconcile}.
 */
package dev.longshore.job.engine;
