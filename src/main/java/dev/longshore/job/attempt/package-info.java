/**
 * What this process knows of an attempt beyond its resource, and which operations there are on a daemon. States are immutable;
 * {@link dev.longshore.job.attempt.SharedState} holds the current one for several threads. Imports {@code queue}. Start with
 * {@link dev.longshore.job.attempt.AttemptState}, then {@link dev.longshore.job.attempt.Observation}.
 */
package dev.longshore.job.attempt;
