/**
 * What each stored status means for metrics and traces. Knows no library for either: it reports to
 * {@link dev.longshore.job.JobMeter} and {@link dev.longshore.job.JobTraces}. Imports {@code status} and {@code attempt}. Start with
 * {@link dev.longshore.job.metrics.JobMetricsRecorder}.
 */
package dev.longshore.job.metrics;
